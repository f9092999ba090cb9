/** No packet for so long while the box sends, ms; with the time that asking takes it is 1.5 s. */
const LOST_MS = 1_400;
/** After so long without a packet the box is asked whether it sends; in silence it does not, ms. */
const ASK_AFTER_MS = 800;
/** Then this often: while the box is known to send, or has not answered; and while it is known not to, ms. */
const ASK_EVERY_MS = { doubt: 500, silence: 1_500 } as const;
/** No packet and no answer for so long, and the box is out of reach, if the path is gone too, ms. */
const UNANSWERED_MS = 2_000;
/** A look that comes so late was held up, and so was what it should have seen, ms. */
const HELD_UP_MS = 1_500;

export interface SoundWatchOptions {
  /** Asks the box for how long it has been sending; the answer is told by {@link SoundWatch.answered}. */
  readonly ask: () => void;
  readonly onSound: () => void;
  readonly onLost: (cause: 'no-packets' | 'no-answer') => void;
}

/**
 * Whether the sound arrives. Silence is no loss: nothing is sent while nobody speaks, so the box is asked, and only
 * what it has sent can be missed.
 */
export class SoundWatch {
  private readonly options: SoundWatchOptions;
  private packets = 0;
  private heardAt = 0;
  private lookedAt = 0;
  private askedAt = 0;
  private answeredAt = 0;
  /** The box has said last that it sends nothing. */
  private silence = false;

  constructor(options: SoundWatchOptions) {
    this.options = options;
  }

  /** From here on it counts: a connection is there, or has been mended. */
  begin(now: number, packets = 0): void {
    this.packets = packets;
    this.heardAt = now;
    this.lookedAt = now;
    this.askedAt = now;
    this.answeredAt = now;
  }

  /** Nothing has come for a while: it is worth looking more often. */
  get doubtful(): boolean {
    return this.lookedAt - this.heardAt >= ASK_AFTER_MS / 2;
  }

  /** `packets`: all that have arrived so far. `onPath`: the path counts as good (ICE). */
  look(now: number, { packets, onPath }: { packets: number; onPath: boolean }): void {
    const heldUp = now - this.lookedAt > HELD_UP_MS;
    this.lookedAt = now;
    if (packets > this.packets) {
      this.packets = packets;
      this.heardAt = now;
      this.answeredAt = now;
      this.silence = false;
      this.options.onSound();
      return;
    }
    if (heldUp) {
      this.begin(now, this.packets);
      return;
    }
    if (now - this.heardAt < ASK_AFTER_MS) return;
    if (now - this.answeredAt >= UNANSWERED_MS && !onPath) this.options.onLost('no-answer');
    else if (now - this.askedAt >= ASK_EVERY_MS[this.silence ? 'silence' : 'doubt']) {
      this.askedAt = now;
      this.options.ask();
    }
  }

  /** The box has been sending for so long without a pause, ms. */
  answered(now: number, soundingMs: number): void {
    this.answeredAt = now;
    this.silence = soundingMs === 0;
    if (Math.min(soundingMs, now - this.heardAt) >= LOST_MS) this.options.onLost('no-packets');
  }
}
