/** How often it looks, ms. */
const LOOK_MS = 250;
/** Who has been heard within this time is not asked, ms. */
const ASK_MS = 1_000;
/** A look that comes so late was held up: the page was hidden, frozen or busy, and so was what it should have heard. */
const HELD_UP_MS = 1_500;
/** After so long without an answer there is no contact, ms: with a look it is less than 3 s. */
const GONE_MS = 2_500;

export interface HeartbeatOptions {
  /** Asks the other end for an answer. */
  readonly ask: () => void;
  readonly onGone: () => void;
}

/**
 * Whether the other end of a socket still answers. Asks once a second; who hears from it anyway says so with
 * {@link heard} and nothing is asked. A page that slept does not take its own sleep for the other's silence.
 */
export class Heartbeat {
  private readonly options: HeartbeatOptions;
  private timer: ReturnType<typeof setInterval> | undefined;
  private lookedAt = 0;
  private heardAt = 0;
  private askedAt = 0;

  constructor(options: HeartbeatOptions) {
    this.options = options;
  }

  start(): void {
    this.stop();
    this.lookedAt = performance.now();
    this.heardAt = this.lookedAt;
    this.askedAt = this.lookedAt;
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  heard(): void {
    this.heardAt = performance.now();
  }

  private look(): void {
    const now = performance.now();
    const heldUp = now - this.lookedAt > HELD_UP_MS;
    this.lookedAt = now;
    if (heldUp) this.heardAt = now - ASK_MS;
    const silent = now - this.heardAt;
    if (silent >= GONE_MS) {
      this.stop();
      this.options.onGone();
    } else if (silent >= ASK_MS && now - this.askedAt >= ASK_MS) {
      this.askedAt = now;
      this.options.ask();
    }
  }
}
