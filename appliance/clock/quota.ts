/** So many in each span of time, for each of many: what is more is not taken. Nothing is remembered beyond the span. */
export class Quota {
  private readonly most: number;
  private readonly spanMs: number;
  private readonly counts = new Map<string, number>();
  private from = -Infinity;

  constructor({ most, spanMs }: { most: number; spanMs: number }) {
    this.most = most;
    this.spanMs = spanMs;
  }

  /** @param now ms; never earlier than before. @returns whether it is one of those that are taken. */
  take(key: string, now: number): boolean {
    if (now - this.from >= this.spanMs) {
      this.from = now;
      this.counts.clear();
    }
    const count = this.counts.get(key) ?? 0;
    if (count >= this.most) return false;
    this.counts.set(key, count + 1);
    return true;
  }
}
