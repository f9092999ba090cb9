/** What is said and not spelled: digits, and signs that have a name. */
const FIGURE = /[\p{N}\p{Sc}%&@#°§+=×±]/u;
const SPOKEN = /[\p{L}\p{M}\p{N}\p{Sc}%&@#°§+=×±]/gu;
/** Spoken, a number takes at most so many letters, and so many more for each of its digits: `siebenundzwanzig`. */
const LETTERS = 12;
const LETTERS_PER_DIGIT = 14;

/**
 * Whether what was said is the text, word for word. Case, punctuation and spaces make no difference, and numbers may be
 * written out ("gate 3": "gate three"); any other word too many, too few or in place of another does.
 */
export function isFaithful(said: string, text: string): boolean {
  const heard = spokenOf(said);
  let at = 0;
  const runs = runsOf(spokenOf(text));
  for (const [index, { run, isFigure }] of runs.entries()) {
    if (heard.startsWith(run, at)) {
      at += run.length;
    } else {
      if (!isFigure) return false;
      const end = placeAfter({ heard, at, next: runs[index + 1]?.run });
      if (end <= at || end - at > LETTERS + LETTERS_PER_DIGIT * run.length) return false;
      // Written out it has no digits any more, or (a price, a percentage) the same.
      const digits = digitsOf(heard.slice(at, end));
      if (digits !== '' && digits !== digitsOf(run)) return false;
      at = end;
    }
  }
  return at === heard.length;
}

/** Where the run after a number begins, or the end: -1 when it does not come. */
function placeAfter({ heard, at, next }: { heard: string; at: number; next: string | undefined }): number {
  return next === undefined ? heard.length : heard.indexOf(next, at + 1);
}

function digitsOf(spoken: string): string {
  return spoken.replaceAll(/\P{N}/gu, '');
}

function spokenOf(text: string): string {
  return (text.normalize('NFKC').toLowerCase().match(SPOKEN) ?? []).join('');
}

interface Run {
  readonly run: string;
  readonly isFigure: boolean;
}

/** Letters and figures by turns. */
function runsOf(spoken: string): Run[] {
  const runs: { run: string; isFigure: boolean }[] = [];
  for (const character of spoken) {
    const isFigure = FIGURE.test(character);
    const last = runs.at(-1);
    if (last?.isFigure === isFigure) last.run += character;
    else runs.push({ run: character, isFigure });
  }
  return runs;
}
