const BUCKETS = 200;
/** Width of a step, ms. */
export const BUCKET_MS = 0.5;

/** A histogram of delays in half milliseconds. Hot path: once per frame; allocates nothing. */
export class Lateness {
  private readonly counts = new Uint32Array(BUCKETS + 1);
  private total = 0;
  private worst = 0;

  add(ms: number): void {
    const bucket = Math.min(BUCKETS, Math.max(0, Math.floor(ms / BUCKET_MS)));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.total++;
    if (ms > this.worst) this.worst = ms;
  }

  /**
   * What has gathered since the last time, ms; the upper edge of the bucket, never more than the worst.
   * `counts`: how many there were in each step of {@link BUCKET_MS}, the last one open.
   */
  take(): { count: number; p99: number; worst: number; counts: Uint32Array } {
    const { total, worst } = this;
    let seen = 0;
    let p99 = 0;
    for (let bucket = 0; bucket <= BUCKETS && seen < total * 0.99; bucket++) {
      seen += this.counts[bucket] ?? 0;
      p99 = (bucket + 1) * BUCKET_MS;
    }
    const counts = this.counts.slice();
    this.counts.fill(0);
    this.total = 0;
    this.worst = 0;
    return { count: total, p99: Math.min(p99, worst), worst, counts };
  }
}
