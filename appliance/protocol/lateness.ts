import { timeBetween } from './sound-frame.ts';

/** The earliest of so long counts as being on time, ms: two clocks drift apart, and a way may become longer. */
const WINDOW_MS = 10_000;

/**
 * How late each frame of a stream comes, measured by the one that came earliest of late: nobody's clock is known, and no
 * way is without delay.
 */
export class Lateness {
  /** Arrival less capture, ms, of the earliest in this window and in the one before it. */
  private best = Infinity;
  private bestBefore = Infinity;
  private windowFrom = 0;
  private firstAt = 0;
  private last: number | undefined;
  /** From the first frame's capture to the last one's, 48 kHz: the timestamps themselves wrap. */
  private captured = 0;

  /** @param timestamp 48 kHz, 32 bits that wrap. @param now ms. @returns ms, from 0. */
  of(timestamp: number, now: number): number {
    if (this.last === undefined) this.firstAt = now;
    else this.captured += timeBetween(this.last, timestamp);
    this.last = timestamp;
    if (now - this.windowFrom > WINDOW_MS) {
      this.bestBefore = this.best;
      this.best = Infinity;
      this.windowFrom = now;
    }
    const transit = now - this.firstAt - this.captured / 48;
    this.best = Math.min(this.best, transit);
    return transit - Math.min(this.best, this.bestBefore);
  }

  /** Another stream begins. */
  reset(): void {
    this.last = undefined;
    this.captured = 0;
    this.best = Infinity;
    this.bestBefore = Infinity;
  }
}
