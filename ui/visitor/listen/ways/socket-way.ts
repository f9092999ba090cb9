import type { Way, WayOnOffer } from './way.ts';

/** Kept for the page's life: only a tap may make one sound, and iOS gives a page few. Asleep while nothing comes. */
let context: AudioContext | undefined;
/** A socket brings sound, or is about to. */
let wanted = false;

const contextOf = (): AudioContext => {
  context ??= new AudioContext({ sampleRate: 48_000, latencyHint: 'playback' });
  return context;
};

/** Inside the tap. */
async function unlock(): Promise<void> {
  if (context && !wanted) return;
  await contextOf().resume();
  if (!wanted) await contextOf().suspend();
}

/** Opus frames over a WebSocket, decoded here, played by Web Audio. */
export const socketWay: WayOnOffer = {
  name: 'socket',
  unlock: () => void unlock().catch(() => undefined),
  make: async (parts): Promise<Way> => {
    const { SocketSound } = await import('./socket-sound.ts');
    wanted = true;
    const onClosed = (): void => {
      wanted = false;
      void contextOf().suspend();
    };
    return new SocketSound({ ...parts, context: contextOf(), onClosed });
  },
};
