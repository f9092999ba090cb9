/**
 * Waits that double, with half of each wait left to chance: when a box restarts, two hundred phones must not come
 * back in the same instant.
 */
export class Backoff {
  private attempts = 0;
  private readonly firstMs: number;
  private readonly longestMs: number;

  constructor(firstMs = 500, longestMs = 8_000) {
    this.firstMs = firstMs;
    this.longestMs = longestMs;
  }

  nextMs(): number {
    const full = Math.min(this.longestMs, this.firstMs * 2 ** this.attempts);
    this.attempts += 1;
    return full / 2 + (Math.random() * full) / 2;
  }

  get failures(): number {
    return this.attempts;
  }

  reset(): void {
    this.attempts = 0;
  }
}
