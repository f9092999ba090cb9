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
  /** It is a visitor's question, by its id. */
  asked: z.optional(z.string()),
  /** It was said in answer to this question. */
  answers: z.optional(z.string()),
});
export type TranscriptLine = z.infer<typeof transcriptLine>;

export function lineText({ id, text, from, to, asked, answers }: TranscriptLine): string {
  return `${JSON.stringify({ id, text, from, to, asked, answers })}\n`;
}

/** @returns undefined for what is no line: a power cut may leave half of one, or zeros. */
export function parseLine(text: string): TranscriptLine | undefined {
  try {
    return transcriptLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
