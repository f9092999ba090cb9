/** A tap counts for so long, ms. */
const FADES_MS = 60_000;

/** Who finds the guide too fast. Each visitor counts once; who they are is forgotten with the minute, and never told. */
export class TooFast {
  /** When each has said so. */
  private readonly taps = new Map<string, number>();

  /** @param attendee their id. @param now ms, of any clock. @returns whether it counts: once a minute */
  tap(attendee: string, now: number): boolean {
    this.fade(now);
    if (this.taps.has(attendee)) return false;
    this.taps.set(attendee, now);
    return true;
  }

  count(now: number): number {
    this.fade(now);
    return this.taps.size;
  }

  private fade(now: number): void {
    // In the order in which they came.
    for (const [attendee, at] of this.taps) {
      if (now - at < FADES_MS) return;
      this.taps.delete(attendee);
    }
  }
}
