/** As long as a tour's name may be. */
const LONGEST = 80;

/** "Old town" becomes "Old town (2)", that becomes "Old town (3)"; the next one that is free. */
export function nameOfCopy(name: string, taken: ReadonlySet<string>): string {
  const [, plain = name] = /^(.+) \(\d{1,4}\)$/u.exec(name) ?? [];
  for (let number = 2; ; number++) {
    const suffix = ` (${number})`;
    const copy = `${shortened(plain, LONGEST - suffix.length)}${suffix}`;
    if (!taken.has(copy)) return copy;
  }
}

/** Never in the middle of a character. */
function shortened(text: string, length: number): string {
  let short = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (short.length + segment.length > length) break;
    short += segment;
  }
  return short.trimEnd();
}
