/**
 * Loaded first into every thread of a server: collects garbage when asked, so that a level of memory shows what is
 * held, and not what V8 has not got round to giving back.
 */
const channel = new BroadcastChannel('collect');

channel.addEventListener('message', () => globalThis.gc?.());
// It keeps no thread alive.
if ('unref' in channel && typeof channel.unref === 'function') channel.unref();

/** All threads of this process collect, this one at once. */
export function collect(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads, not windows
  channel.postMessage('collect');
  globalThis.gc?.();
}
