/** What is older tells nothing of how it is now, ms. */
const WINDOW_MS = 300_000;
const MOST = 200;

/** How far behind a translation has been in the last five minutes. */
export class LagFigures {
  private readonly samples: { readonly at: number; readonly ms: number }[] = [];

  /** @param at ms of `performance.now()` */
  add(ms: number, at: number): void {
    this.samples.push({ ms, at });
    if (this.samples.length > MOST) this.samples.shift();
  }

  /** The lag that so large a share of the samples does not exceed, ms; 0 without any. @param share 0 to 1 */
  quantile(share: number, now: number): number {
    while (this.samples[0] && now - this.samples[0].at > WINDOW_MS) this.samples.shift();
    const sorted = this.samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  }
}
