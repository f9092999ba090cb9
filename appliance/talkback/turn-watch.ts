const LOOK_MS = 250;
/** Nothing has come from who speaks for so many looks in a row, 1.5 s: they are gone. */
const GONE_LOOKS = 6;
/** Who is given the floor connects their microphone now, and may be asked first whether they allow it: 10 s. */
const CONNECT_LOOKS = 40;

export interface TurnWatchOptions {
  /** When the last packet of who speaks came, ms of `performance.now()`; never: -Infinity. */
  readonly packetAt: () => number;
  /** Looked at four times a second. */
  readonly onLook: () => void;
  readonly onGone: () => void;
}

/**
 * Sees to it that nobody keeps the floor who is no longer there, however they went: it is free within 2 s. Counts looks,
 * not time: a box that was held up itself must not take that for a visitor's silence.
 */
export class TurnWatch {
  private readonly options: TurnWatchOptions;
  private seen = -Infinity;
  private heard = false;
  private quiet = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: TurnWatchOptions) {
    this.options = options;
  }

  /** A turn has begun. */
  start(): void {
    this.seen = this.options.packetAt();
    // Who was connected before needs no time for that.
    this.heard = performance.now() - this.seen < GONE_LOOKS * LOOK_MS;
    this.quiet = 0;
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const packetAt = this.options.packetAt();
    if (packetAt === this.seen) this.quiet++;
    else [this.seen, this.heard, this.quiet] = [packetAt, true, 0];
    if (this.quiet >= (this.heard ? GONE_LOOKS : CONNECT_LOOKS)) this.options.onGone();
    else this.options.onLook();
  }
}
