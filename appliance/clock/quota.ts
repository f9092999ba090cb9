/** @param now ms; never earlier than before. @returns whether it is one of those that are taken. */
export type Quota = (key: string, now: number) => boolean;

/** So many in each span of time, for each of many: what is more is not taken. Nothing is remembered beyond the span. */
export function quotaOf({ most, spanMs }: { most: number; spanMs: number }): Quota {
  const counts = new Map<string, number>();
  let from = -Infinity;
  return (key, now) => {
    if (now - from >= spanMs) {
      from = now;
      counts.clear();
    }
    const count = counts.get(key) ?? 0;
    if (count >= most) return false;
    counts.set(key, count + 1);
    return true;
  };
}
