/** Where a line of captions may end, in any of the languages a model may write. */

/** Marks that end a sentence by themselves: scripts that put no space after them. */
const FULL_WIDTH_MARKS = '。｡！？︒';
/** Marks that end a sentence when a space follows: Latin, Arabic, Urdu, Devanagari, Armenian, Greek. */
const SPACED_MARKS = '.!?…؟۔।॥։;';
const CLOSERS = '"\'”’»›)]}」』）】〉》';
const CLAUSE_MARKS = '，、；：,;:';

const ABBREVIATION =
  /(?:^|[\s("«“])(?:\p{L}|(?:\p{L}\.)+\p{L}|mrs?|ms|mx|dr|drs|prof|st|sts|ste|jr|sr|sra|srta|mme|mlle|nr|núm|vs|etc|approx|ca|bzw|usw|ej|pág|fig|vol|ул|др|тыс|млн|руб|hr|fr|tp|gs)$/iu;
/** Languages that write "3rd" as "3.". */
const ORDINAL_DOT = new Set([
  'cs',
  'da',
  'de',
  'et',
  'fi',
  'hr',
  'hu',
  'is',
  'lv',
  'nb',
  'nn',
  'no',
  'pl',
  'sk',
  'sl',
  'sr',
  'tr',
]);
const ORDINAL = /(?:^|\s)\d{1,2}$/;
/** "No. 5" goes on; "No. We stay." does not. */
const NUMBER_SIGN = /(?:^|\s)no$/iu;
const LOWER_CASE = /\p{Ll}/u;
/** Accents, joiners and second halves of surrogate pairs. */
const JOINS_THE_ONE_BEFORE = /\p{M}|\u200d|[\udc00-\udfff]/u;

/**
 * The length of the first whole sentence in `text`, its closing quotes included, or 0. A mark counts only once
 * what follows it is known: "3." may become "3.5", and "Dr." is followed by a name. `language`: primary subtag.
 */
export function sentenceEnd(text: string, language: string): number {
  for (let at = 0; at < text.length; at++) {
    const mark = text.charAt(at);
    const fullWidth = FULL_WIDTH_MARKS.includes(mark);
    if (!fullWidth && !SPACED_MARKS.includes(mark)) continue;
    let end = at + 1;
    while (end < text.length && isMarkOrCloser(text.charAt(end))) end++;
    if (end === text.length) return 0;
    if (fullWidth || endsHere({ text, language, mark, at, end })) return end;
    at = end - 1;
  }
  return 0;
}

/** Where to cut a text that has outgrown `max` characters: after a clause, at a space, or between two letters. */
export function longLineEnd(text: string, max: number): number {
  const least = Math.floor(max / 2);
  for (let at = max - 1; at >= least; at--) {
    if (CLAUSE_MARKS.includes(text.charAt(at)) && !/\d/.test(text.charAt(at + 1))) return at + 1;
  }
  for (let at = max; at >= least; at--) {
    if (/\s/.test(text.charAt(at))) return at;
  }
  let at = max;
  while (at > least && JOINS_THE_ONE_BEFORE.test(text.charAt(at))) at--;
  return at;
}

function isMarkOrCloser(character: string): boolean {
  return (
    SPACED_MARKS.includes(character) || FULL_WIDTH_MARKS.includes(character) || CLOSERS.includes(character)
  );
}

interface Mark {
  readonly text: string;
  readonly language: string;
  readonly mark: string;
  readonly at: number;
  /** After the mark and what closes it. */
  readonly end: number;
}

function endsHere({ text, language, mark, at, end }: Mark): boolean {
  // A semicolon ends a question in Greek only.
  if (mark === ';' && !/\p{Script=Greek}$/u.test(text.slice(0, at))) return false;
  const rest = text.slice(end);
  const next = rest.trimStart();
  if (next.length === rest.length || next.length === 0) return false;
  if (LOWER_CASE.test(next.charAt(0))) return false;
  if (mark !== '.') return true;
  const before = text.slice(0, at);
  if (ORDINAL_DOT.has(language) && ORDINAL.test(before)) return false;
  return !ABBREVIATION.test(before) && !(NUMBER_SIGN.test(before) && /\d/.test(next.charAt(0)));
}
