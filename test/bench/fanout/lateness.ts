const BUCKET_MS = 0.1;
const BUCKETS = 50_000;

export interface LatenessFigures {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** Delays in tenths of a millisecond, up to five seconds. Hot path: once per packet; allocates nothing. */
export class Lateness {
  private readonly counts = new Uint32Array(BUCKETS);
  private count = 0;
  private worst = 0;

  add(ms: number): void {
    const bucket = ms <= 0 ? 0 : Math.min(BUCKETS - 1, Math.floor(ms / BUCKET_MS));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count++;
    if (ms > this.worst) this.worst = ms;
  }

  clear(): void {
    this.counts.fill(0);
    this.count = 0;
    this.worst = 0;
  }

  /** ms; each the upper edge of its bucket. */
  get figures(): LatenessFigures {
    const { count, worst } = this;
    return { count, p50: this.rank(0.5), p99: this.rank(0.99), worst };
  }

  private rank(share: number): number {
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.counts[bucket] ?? 0;
      if (seen >= share * this.count && seen > 0) return Math.min(this.worst, (bucket + 1) * BUCKET_MS);
    }
    return 0;
  }
}
