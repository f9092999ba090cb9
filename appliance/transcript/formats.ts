import type { TranscriptFormat } from '../protocol/requests.ts';
import type { TranscriptLine } from './line.ts';

/*
 * The libraries that were tried (subtitle 4.2.2) escape nothing, let an empty line end a cue, and count hours wrong
 * beyond a day.
 */

interface ExportOptions {
  /** Where time zero is, ms since the epoch: the same for all languages of a tour, so that they lie over one another. */
  readonly zero: number;
  readonly title: string;
}

interface ExportFormat {
  readonly type: string;
  readonly write: (lines: readonly TranscriptLine[], options: ExportOptions) => string;
}

/** A cue is shown for at least as long as it takes to see it, ms; and to read it, if the next leaves it the time. */
const SHORTEST_MS = 1_000;
const CHARACTER_MS = 60;
/** After a silence of this length a text begins a new paragraph, ms. */
const PARAGRAPH_MS = 8_000;

export const FORMATS: Readonly<Record<TranscriptFormat, ExportFormat>> = {
  txt: { type: 'text/plain; charset=utf-8', write: asText },
  srt: { type: 'application/x-subrip; charset=utf-8', write: asSubRip },
  vtt: { type: 'text/vtt; charset=utf-8', write: asWebVtt },
};

function asText(lines: readonly TranscriptLine[], { title }: ExportOptions): string {
  const parts = [title, '\n'];
  let before: TranscriptLine | undefined;
  for (const line of lines) {
    parts.push(beginsParagraph(line, before) ? '\n' : '', markedText(line, before), '\n');
    before = line;
  }
  return parts.join('');
}

/** After a silence; and a question begins one, and so does what follows its answer. */
function beginsParagraph(line: TranscriptLine, before: TranscriptLine | undefined): boolean {
  if (!before || line.from - before.to > PARAGRAPH_MS) return true;
  if (line.asked !== undefined) return line.asked !== before.asked;
  return line.answers !== (before.asked ?? before.answers);
}

/** `[Q]` stands before a visitor's question, `[A]` where the answer to it begins: in no language, as a transcript is in any. */
function markedText({ text, asked, answers }: TranscriptLine, before?: TranscriptLine): string {
  const isQuestion = asked !== undefined && asked !== before?.asked;
  const isAnswer = asked === undefined && answers !== undefined && answers !== before?.answers;
  return `${isQuestion ? '[Q] ' : isAnswer ? '[A] ' : ''}${oneLine(text)}`;
}

/** SubRip, as players read it: numbered cues, a comma before the milliseconds. */
function asSubRip(lines: readonly TranscriptLine[], { zero }: ExportOptions): string {
  return cues(lines, zero)
    .map(
      ({ text, from, to }, i) =>
        `${i + 1}\n${clock(from, ',')} --> ${clock(to, ',')}\n${text.replaceAll('-->', '→')}\n\n`,
    )
    .join('');
}

/** WebVTT (W3C). */
function asWebVtt(lines: readonly TranscriptLine[], { zero, title }: ExportOptions): string {
  const body = cues(lines, zero).map(
    ({ text, from, to }) => `${clock(from, '.')} --> ${clock(to, '.')}\n${escapeCue(text)}\n\n`,
  );
  return `WEBVTT ${oneLine(title).replaceAll('-->', '→')}\n\n${body.join('')}`;
}

/** From time zero on. A model says much at once: what comes too soon after another is shown beside it. */
function cues(
  lines: readonly TranscriptLine[],
  zero: number,
): { readonly text: string; readonly from: number; readonly to: number }[] {
  return lines.map((line, i) => {
    const text = markedText(line, lines[i - 1]);
    const from = Math.max(0, line.from - zero);
    const next = (lines[i + 1]?.from ?? Infinity) - zero;
    const read = Math.max(line.to - zero, from + text.length * CHARACTER_MS);
    return { text, from, to: Math.max(from + SHORTEST_MS, Math.min(read, next)) };
  });
}

/** An empty line would end a cue. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function escapeCue(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `01:02:03.004`; hours have as many digits as they need. */
function clock(ms: number, point: '.' | ','): string {
  const whole = Math.round(ms);
  const seconds = Math.floor(whole / 1_000);
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const digits = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${digits}${point}${String(whole % 1_000).padStart(3, '0')}`;
}
