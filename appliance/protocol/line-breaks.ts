import { primarySubtag } from './languages.ts';

const CLOSING = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}\s]/u;
/** What belongs to what follows: a bracket, the hyphen of “Wi-Fi”, a number and what it counts. */
const OPENED = /(?:[\p{Ps}\p{Pi}\p{Pd}]|\p{Nd}\s?)$/u;
const PAUSE = /[、。！？]$/u;
const APART = /[\p{Pe}\p{Pf}\p{Po}\s]$/u;
const HIRAGANA = /^\p{Script=Hiragana}+$/u;
/** Prefixes of politeness belong to the word that follows. */
const PREFIX = /^[おご]$/u;
const HAN = /^\p{Script=Han}+$/u;
/** Words of Ubizo’s own texts that browsers do not know. */
const UNKNOWN = /浏览\|器|导览\|码/u;

/**
 * The languages that are written without spaces, and which browsers break anywhere: whether no line may end between
 * two of its words. Korean has spaces, and `keep-all` is enough.
 * - A Japanese phrase ends with a particle or an ending, and the next one seldom begins with such letters.
 * - A Chinese word that the browser does not know ends with a single character.
 */
const TOGETHER: Readonly<Record<string, (before: string, next: string) => boolean>> = {
  ja: (before, next) =>
    !PAUSE.test(before) &&
    (HIRAGANA.test(next) || PREFIX.test(before) || !(HIRAGANA.test(before) || APART.test(before))),
  zh: (before, next) =>
    HAN.test(before) && ((HAN.test(next) && next.length === 1) || UNKNOWN.test(`${before}|${next}`)),
};

const segmenters = new Map<string, Intl.Segmenter>();

function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language) ?? new Intl.Segmenter(language, { granularity: 'word' });
  segmenters.set(language, known);
  return known;
}

/**
 * The text in pieces between which a line may end without a word being torn: phrases in Japanese, words in Chinese.
 * One piece in every other language, and where the browser does not know words. Joined they are the text.
 */
export function piecesOf(text: string, language: string): readonly string[] {
  const primary = primarySubtag(language);
  if (!TOGETHER[primary] || !('Segmenter' in Intl)) return [text];
  const pieces: string[] = [];
  let before = '';
  for (const { segment } of segmenterOf(primary).segment(text)) {
    const piece = pieces.at(-1);
    if (piece === undefined) pieces.push(segment);
    else if (CLOSING.test(segment) || OPENED.test(piece) || TOGETHER[primary]?.(before, segment)) {
      pieces[pieces.length - 1] = piece + segment;
    } else pieces.push(segment);
    before = segment;
  }
  return pieces;
}
