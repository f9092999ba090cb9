import type { MicrophoneLine } from './microphone-line.ts';
import type { PeerStatus } from './peer-session.ts';

/** WHIP takes a fifth of a second on a LAN; after so long without it, the sound goes another way, ms. */
const PATIENCE_MS = 6_000;

interface Wanted {
  readonly path: string;
  readonly track: MediaStreamTrack;
}

/** Whenever WHIP is not connected for a while, a phone's sound goes over a WebSocket until it is. */
export class MicrophoneFallback {
  /** The box hears this phone by it. */
  open = false;
  private readonly onChange: () => void;
  private wanted: Wanted | undefined;
  private line: MicrophoneLine | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ onChange }: { onChange: () => void }) {
    this.onChange = onChange;
  }

  begin(wanted: Wanted): void {
    this.wanted = wanted;
  }

  /** How WHIP is doing. */
  follow(status: PeerStatus): void {
    // Idle: it is not wanted, or the box has refused it.
    if (status === 'connected' || status === 'idle') this.close();
    else this.wait();
  }

  end(): void {
    this.wanted = undefined;
    this.close();
  }

  private wait(): void {
    if (this.wanted) this.timer ??= setTimeout(() => void this.fallBack(), PATIENCE_MS);
  }

  private async fallBack(): Promise<void> {
    const { wanted } = this;
    if (!wanted) return;
    try {
      const { MicrophoneLine } = await import('./microphone-line.ts');
      if (this.wanted !== wanted || this.timer === undefined || this.line) return;
      this.line = new MicrophoneLine({ ...wanted, onChange: (open) => this.show(open) });
      this.line.start();
    } catch {
      // It could not be fetched now.
      this.timer = undefined;
      this.wait();
    }
  }

  private close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.line?.stop();
    this.line = undefined;
    this.show(false);
  }

  private show(open: boolean): void {
    if (this.open === open) return;
    this.open = open;
    this.onChange();
  }
}
