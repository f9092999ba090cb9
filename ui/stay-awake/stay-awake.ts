import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A way to keep the screen on; answers with how to let it go. */
type Release = () => void;

/**
 * Keeps the screen on while someone reads. Over HTTPS by the Wake Lock; over plain HTTP, where browsers hide it, by a
 * tiny silent video, which is fetched only then.
 */
export class StayAwake implements ReactiveController {
  private wanted = false;
  private release: Release | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.seen);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.seen);
    this.let();
  }

  hold(): void {
    this.wanted = true;
    if (!this.release) void this.take();
  }

  let(): void {
    this.wanted = false;
    this.release?.();
    this.release = undefined;
  }

  /** Browsers take the lock back whenever the page is hidden. */
  private readonly seen = (): void => {
    if (!this.wanted || document.visibilityState !== 'visible') return;
    this.release?.();
    void this.take();
  };

  private async take(): Promise<void> {
    let release: Release | undefined;
    try {
      release = await ('wakeLock' in navigator ? takeLock() : playSilence());
    } catch {
      // Low battery mode refuses: the screen then sleeps as it always does, and the sound goes on.
    }
    if (this.wanted) this.release = release;
    else release?.();
  }
}

async function takeLock(): Promise<Release> {
  const lock = await navigator.wakeLock.request('screen');
  return () => void lock.release();
}

async function playSilence(): Promise<Release> {
  const { playSilentVideo } = await import('./silent-video.ts');
  return playSilentVideo();
}
