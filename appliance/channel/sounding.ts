/** Longer than any frame, and than a busy machine holds one up; later than that it is silent, ms. */
const PAUSE_MS = 300;
/** More pauses than there can be in the time of which anybody asks. */
const KEPT = 32;

/** When a channel's frames were going out. Times: ms of one clock. */
export class Sounding {
  /** The latest pauses, each by its beginning and its end. */
  private readonly pauses = new Float64Array(2 * KEPT);
  private count = 0;
  private since = 0;
  private last = -Infinity;

  /** A frame goes out. Hot path. */
  hear(now: number): void {
    if (now - this.last > PAUSE_MS) {
      const at = 2 * (this.count++ % KEPT);
      this.pauses[at] = this.last;
      this.pauses[at + 1] = now;
      this.since = now;
    }
    this.last = now;
  }

  /** For how long frames have been going out without a pause; 0 while none do. */
  ms(now: number): number {
    return now - this.last > PAUSE_MS ? 0 : this.last - this.since;
  }

  /** Whether they did all the time between two moments of the last half minute. */
  throughout(from: number, to: number): boolean {
    if (this.last + PAUSE_MS < to) return false;
    for (let at = 0; at < 2 * Math.min(this.count, KEPT); at += 2)
      if ((this.pauses[at] ?? 0) < to && (this.pauses[at + 1] ?? 0) > from) return false;
    return true;
  }
}
