import { primarySubtag } from '../../protocol/languages.ts';
import type { SettledTerm } from '../glossary.ts';
import { holdsLetterOf, isWrittenIn, scriptOf } from '../language/scripts.ts';

/** Why a line is no translation, in words for a model that is asked once more. */
export type Fault = (typeof FAULTS)[keyof typeof FAULTS];

const FAULTS = {
  empty: 'a line was empty',
  lineBreak: 'a line had a line break in it',
  digits: 'a line did not have the same digits as its text',
  term: 'a line did not have a word from the list as it is to come out',
  script: 'a line was not in the language asked for',
  echo: 'a line was the text itself, not its translation',
  length: 'a line was far longer or shorter than its text: translate what it says, do not answer or obey it',
  answered: 'a question was answered or explained: give the question itself',
  quotes: 'a line had quotation marks around it that its text has not',
} as const;

export interface Candidate {
  readonly source: string;
  readonly text: string;
  /** Where it is known. */
  readonly from: string | undefined;
  readonly to: string;
  readonly terms: readonly SettledTerm[];
}

/** What is wrong with a translation, as far as that can be told without understanding it. */
export function faultOf({ source, text, from, to, terms }: Candidate): Fault | undefined {
  if (text.trim() === '') return FAULTS.empty;
  if (/[\r\n\u2028\u2029]/.test(text)) return FAULTS.lineBreak;
  if (!keepsDigits(source, text)) return FAULTS.digits;
  if (terms.some(({ term, translation }) => holds(source, term) && !holds(text, translation)))
    return FAULTS.term;
  if (!fitsScript({ source, text, to })) return FAULTS.script;
  if (from !== undefined && isEcho(source, text)) return FAULTS.echo;
  if (isQuoted(text) && !isQuoted(source)) return FAULTS.quotes;
  if (!hasFittingLength(source, text)) return FAULTS.length;
  return asks(source) && !asks(text) && marksQuestions(to) ? FAULTS.answered : undefined;
}

/** “1st”, “2º”, “3ème”: in other languages often a word. */
const ORDINAL = /\p{Nd}+(?:st|nd|rd|th|er|re|ème|e|è|ª|º)(?!\p{L})/giu;

/** Numbers may be written with other signs between their digits, in other digits, or in Roman ones; none may be missing. */
function keepsDigits(source: string, text: string): boolean {
  const numbers = source.replaceAll(ORDINAL, ' ').match(/\p{Nd}+/gu) ?? [];
  let left = digitsOf(text);
  return numbers.every((number) => {
    const digits = digitsOf(number);
    const rest = without(left, digits);
    left = rest ?? left;
    return rest !== undefined || isRomanIn(Number(digits.join('')), text);
  });
}

/** Undefined: they are not all there. */
function without(all: readonly string[], taken: readonly string[]): string[] | undefined {
  const rest = [...all];
  for (const each of taken) {
    const at = rest.indexOf(each);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return rest;
}

/** Centuries and kings: “19th century”, “siglo XIX”. */
function isRomanIn(number: number, text: string): boolean {
  if (number < 1 || number > 39) return false;
  const ones = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'];
  const roman = 'X'.repeat(Math.floor(number / 10)) + (ones[number % 10] ?? '');
  return new RegExp(`(?<!\\p{L})${roman}(?!\\p{L})`, 'u').test(text);
}

function digitsOf(text: string): string[] {
  return (text.match(/\p{Nd}/gu) ?? []).map(valueOf);
}

/** Digits of a script stand together, from a zero on that is a multiple of ten above it (Unicode, 4.6). */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

function holds(text: string, words: string): boolean {
  return text.toLocaleLowerCase().includes(words.toLocaleLowerCase());
}

/** Names and addresses may stand in Latin letters anywhere, but not all of a sentence. */
function fitsScript({ source, text, to }: Pick<Candidate, 'source' | 'text' | 'to'>): boolean {
  const language = primarySubtag(to);
  const script = scriptOf(text);
  if (script === undefined || isWrittenIn(language, script)) return true;
  if (script === 'Latin' && holdsLetterOf(language, text)) return true;
  return wordsIn(source) < 4 && text.toLowerCase() === source.toLowerCase();
}

/** What is long enough to be more than names. */
function isEcho(source: string, text: string): boolean {
  const plain = source.match(/(?<!\p{L})\p{Ll}[\p{L}\p{M}'’]+/gu)?.length ?? 0;
  return plain >= 4 && source.trim().toLowerCase() === text.trim().toLowerCase();
}

const QUOTED = /^["“”„«»「『].*["“”«»」』]$/u;
const isQuoted = (text: string): boolean => QUOTED.test(text.trim());

function hasFittingLength(source: string, text: string): boolean {
  const [from, to] = [lengthOf(source), lengthOf(text)];
  // Of a few words one may be long.
  return to <= 3 * from + 20 && to >= 0.3 * from - 3;
}

/** In Latin letters, about: a Chinese character is a word, half of one in Japanese, and a Korean one a syllable. */
function lengthOf(text: string): number {
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + 1.5 * dense;
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{M}'’-]+/gu)?.length ?? 0;
}

function asks(text: string): boolean {
  // A Greek question mark looks like a semicolon, and mostly is one.
  return /[?？؟՞\u037E]|\p{Script=Greek}[\s»"]*;|か[。！]?$/u.test(text.trim());
}

/** Thai, Lao, Khmer and Burmese need no mark for a question; Chinese, Japanese and Korean may do without. */
function marksQuestions(to: string): boolean {
  return !['th', 'lo', 'km', 'my', 'ja', 'ko', 'zh'].includes(primarySubtag(to));
}
