/** How often it looks, and how late a look has to be to count, ms. */
const LOOK_MS = 10;
const HELD_UP_MS = 40;
/** How long what this thread missed shows in the sound that it makes, ms. */
const AFTER_MS = 1_000;

/**
 * When this thread was held up, by other programs on a busy machine or by itself. A gap in sound just after that is the
 * machine's; any other one is the box's own.
 */
export class Stalls {
  private readonly ends: number[] = [];
  private readonly timer: NodeJS.Timeout;

  constructor() {
    let last = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      if (now - last > LOOK_MS + HELD_UP_MS) this.ends.push(now);
      last = now;
    }, LOOK_MS);
  }

  /** @param at ms of `performance.now()`. */
  explain(at: number): boolean {
    return this.ends.some((end) => at >= end - HELD_UP_MS && at <= end + AFTER_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
