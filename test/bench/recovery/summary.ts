/** The tries of one case: ms until sound was back, or nothing. */
export interface Tries {
  readonly name: string;
  readonly group: string;
  readonly ms: readonly (number | undefined)[];
}

const GROUPS = ['outage', 'addressChange', 'udpBlocked', 'restart'] as const;

function percentile(ms: readonly number[], share: number): number {
  const sorted = ms.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** A table for people, and the last line for programs. A try that came to nothing counts as long as was waited. */
export function summary(
  results: readonly Tries[],
  { patienceMs, falseReconnects }: { patienceMs: number; falseReconnects: number },
): { readonly table: string; readonly json: object } {
  const counted = (ms: Tries['ms']): number[] => ms.map((each) => each ?? patienceMs);
  const back = (ms: Tries['ms']): number => ms.filter((each) => each !== undefined).length;
  const rows = results.map(({ name, ms }) => [
    name,
    String(ms.length),
    `${Math.round((100 * back(ms)) / ms.length)} %`,
    `${Math.round(percentile(counted(ms), 0.5))}`,
    `${Math.round(percentile(counted(ms), 0.95))}`,
  ]);
  const table = [['', 'tries', 'back', 'p50 ms', 'p95 ms'], ...rows]
    .map(([name = '', ...cells]) => name.padEnd(30) + cells.map((cell) => cell.padStart(9)).join(''))
    .join('\n');
  const all = results.flatMap(({ ms }) => ms);
  const p95 = (group: string): number | null => {
    const ms = results.filter((each) => each.group === group).flatMap((each) => counted(each.ms));
    return ms.length > 0 ? Math.round(percentile(ms, 0.95)) : null;
  };
  return {
    table,
    json: {
      successPercent: Math.round((1_000 * back(all)) / Math.max(1, all.length)) / 10,
      backMsP95: Object.fromEntries(GROUPS.map((group) => [group, p95(group)])),
      falseReconnects,
    },
  };
}
