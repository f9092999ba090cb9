/** From here on two questions are taken for the same (Jaccard, 1901: shared tokens by all tokens). */
const ALIKE = 0.6;

const RUN = /[\p{L}\p{M}\p{N}]+/gu;
/** Written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const IS_UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;

/** Its words in any case and width; of scripts without spaces between words, each two neighbouring characters. */
export function tokensOf(text: string): ReadonlySet<string> {
  const tokens = new Set<string>();
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(RUN))
    for (const [piece] of run.matchAll(UNSPACED)) {
      const characters = Array.from(piece);
      if (!IS_UNSPACED.test(piece) || characters.length === 1) tokens.add(piece);
      else for (let i = 1; i < characters.length; i++) tokens.add(`${characters[i - 1]}${characters[i]}`);
    }
  return tokens;
}

export function areTwins(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const token of a) if (b.has(token)) shared++;
  const all = a.size + b.size - shared;
  return all > 0 && shared / all >= ALIKE;
}
