/** Nothing has come from who speaks for this long: they are gone, ms. */
const GONE_MS = 1_500;
/** Who is given the floor connects their microphone now, and may be asked first whether they allow it, ms. */
const CONNECT_MS = 10_000;
/** The floor of who is gone is free within 2 s. */
const LOOK_MS = 250;

export interface TurnWatchOptions {
  /** When the last packet of who speaks came, ms of `performance.now()`; never: -Infinity. */
  readonly packetAt: () => number;
  /** Looked at four times a second. */
  readonly onLook: () => void;
  readonly onGone: () => void;
  readonly now?: () => number;
}

/** Sees to it that nobody keeps the floor who is no longer there, however they went. */
export class TurnWatch {
  private readonly options: TurnWatchOptions;
  private readonly now: () => number;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: TurnWatchOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
  }

  /** A turn has begun. */
  start(): void {
    this.since = this.now();
    this.timer ??= setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  look(): void {
    const packetAt = this.options.packetAt();
    // Who has not been heard of just before either may still be connecting.
    const patience = packetAt < this.since - GONE_MS ? CONNECT_MS : GONE_MS;
    if (this.now() - Math.max(this.since, packetAt) > patience) this.options.onGone();
    else this.options.onLook();
  }
}
