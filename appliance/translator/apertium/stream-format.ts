import type { SettledTerm } from '../glossary.ts';

/**
 * Apertium's stream format (wiki.apertium.org/wiki/Apertium_stream_format): text in which some characters mean something,
 * and what stands in square brackets (a superblank) goes through untouched.
 */

/** `\` before a character takes its meaning from it. */
const MEANINGFUL = /[[\]{}^$/\\<>@|]/g;
/**
 * What no dictionary knows and a translator would spoil: addresses of pages and of mail, pictures, and signs that come
 * back looking like the programs' own marks.
 */
const UNTRANSLATABLE =
  /(?:https?:\/\/|www\.)\S+|[^\s@]+@[^\s@]+\.[^\s@]+|(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F)+|[*#~]+/giu;
/** A passage's end for the programs: the last word is held back for what may follow it. It comes out at the end again. */
const PASSAGE_END = '.[]';

/** Plain text to what the programs read. `settled`: longer terms before those that they hold. */
export function toStream(text: string, settled: readonly SettledTerm[] = []): string {
  const pieces = split(text.replace(/[\s\0]+/g, ' ').trim(), settled);
  return (
    pieces.map(({ text: part, blank }) => (blank ? `[${escaped(part)}]` : escaped(part))).join('') +
    PASSAGE_END
  );
}

interface Piece {
  readonly text: string;
  readonly blank: boolean;
}

function split(text: string, settled: readonly SettledTerm[]): Piece[] {
  let pieces: Piece[] = cut([{ text, blank: false }], UNTRANSLATABLE, (found) => found);
  for (const { term, translation } of settled) pieces = cut(pieces, wordsOf(term), () => translation);
  return pieces;
}

function cut(pieces: readonly Piece[], at: RegExp, as: (found: string) => string): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.blank) return [piece];
    const found: Piece[] = [];
    let done = 0;
    for (const match of piece.text.matchAll(at)) {
      found.push(
        { text: piece.text.slice(done, match.index), blank: false },
        { text: as(match[0]), blank: true },
      );
      done = match.index + match[0].length;
    }
    return [...found, { text: piece.text.slice(done), blank: false }];
  });
}

/** As whole words, in any case. */
function wordsOf(term: string): RegExp {
  const literal = term.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

function escaped(text: string): string {
  return text.replace(MEANINGFUL, '\\$&');
}

/** Words that were not known, and all words, in what the last of the programs wrote. */
export function wordsIn(stream: string): { readonly all: number; readonly unknown: number } {
  const words = withoutEscaped(stream).match(/\*?\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  return { all: words.length, unknown: words.filter((word) => word.startsWith('*')).length };
}

/** What one translator wrote, as the next one reads it: without the marks of words that it did not know. */
export function betweenTranslators(stream: string): string {
  return stream.replace(/\\.|\[(?:\\.|[^\]\\])*\]|[*#@~]/gsu, (found) => (found.length > 1 ? found : ''));
}

/** What came out, as people read it. */
export function fromStream(stream: string): string {
  const text = stream.trimEnd().endsWith(PASSAGE_END)
    ? stream.trimEnd().slice(0, -PASSAGE_END.length)
    : stream;
  return (
    betweenTranslators(text)
      // An empty superblank is nothing; others are what stands in them.
      .replace(
        /\\(.)|\[((?:\\.|[^\]\\])*)\]/gsu,
        (_, literal?: string, blank?: string) => literal ?? (blank ?? '').replace(/\\(.)/gsu, '$1'),
      )
      .replace(/\s+/g, ' ')
      .trim()
  );
}

function withoutEscaped(stream: string): string {
  return stream.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gsu, ' ');
}
