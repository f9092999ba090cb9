/** Lets sessions open one after the other with a gap between, whichever interpreter asks. */
export class SessionOpenings {
  private readonly gapMs: number;
  private freeAt = 0;

  constructor({ gapMs }: { gapMs: number }) {
    this.gapMs = gapMs;
  }

  /** Calls `open` when it is this one's turn. The answer takes the place back. */
  queue(open: () => void): () => void {
    const now = performance.now();
    const at = Math.max(now, this.freeAt);
    this.freeAt = at + this.gapMs;
    // Rounded up: a timer may fire up to a millisecond early.
    const timer = setTimeout(open, Math.ceil(at - now));
    return () => clearTimeout(timer);
  }
}
