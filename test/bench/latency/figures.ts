/** The two figures of each measurement: half are below the first, 19 of 20 below the second. */
export interface Figures {
  readonly p50: number;
  readonly p95: number;
}

/** Nearest rank, so that each figure is one that was measured; to a tenth of a millisecond. */
export function figuresOf(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number): number => {
    const value = sorted[Math.ceil(share * sorted.length) - 1];
    if (value === undefined) throw new Error('Nothing was measured.');
    return Math.round(value * 10) / 10;
  };
  return { p50: rank(0.5), p95: rank(0.95) };
}
