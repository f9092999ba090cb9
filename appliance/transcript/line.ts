import * as z from 'zod/mini';

/** One caption as it was shown at last. Times are ms since the epoch, by the box's clock. */
const transcriptLine = z.object({
  /** Of the caption. */
  id: z.string(),
  text: z.string(),
  /** When it first appeared. */
  from: z.number(),
  /** When it was final. */
  to: z.number(),
});
export type TranscriptLine = z.infer<typeof transcriptLine>;

export function lineText({ id, text, from, to }: TranscriptLine): string {
  return `${JSON.stringify({ id, text, from, to })}\n`;
}

/** @returns undefined for what is no line: a power cut may leave half of one, or zeros. */
export function parseLine(text: string): TranscriptLine | undefined {
  try {
    return transcriptLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The lines in a file's text, without what is none; of many, only the last `count`. */
export function parseLines(text: string, count = Infinity): TranscriptLine[] {
  const lines: TranscriptLine[] = [];
  for (const line of text.split('\n').toReversed()) {
    if (lines.length >= count) break;
    const parsed = line === '' ? undefined : parseLine(line);
    if (parsed) lines.push(parsed);
  }
  return lines.toReversed();
}
