import * as z from 'zod/mini';
import type { ChatMessage } from '../protocol/chat.ts';
import { translatedBy } from '../protocol/questions.ts';
import { type Wording, wordingOf } from '../translator/wording.ts';

/** What the guide has written to all. Times: ms since the epoch. */
export interface Message {
  readonly id: string;
  readonly words: Wording;
  readonly at: number;
  /** Until when its readers are spared the original, while it is translated. */
  readonly patienceUntil: number;
  pinned: boolean;
}

/** A line of a tour's file: the last of a message is what it is. */
export const chatLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    id: z.string(),
    original: z.string(),
    language: z.string(),
    made: z.record(z.string(), z.object({ text: z.string(), by: translatedBy })),
    pinned: z.boolean(),
    at: z.number(),
  }),
  z.object({ kind: z.literal('gone'), id: z.string() }),
]);
export type ChatLine = z.infer<typeof chatLine>;

export function lineOf({ id, words, pinned, at }: Message): ChatLine {
  const { original, language, kept: made } = words;
  return { kind: 'message', id, original, language, made, pinned, at };
}

/** What the lines say, the oldest first. */
export function replay(lines: readonly ChatLine[]): Map<string, Message> {
  const messages = new Map<string, Message>();
  for (const line of lines) {
    if (line.kind === 'gone') messages.delete(line.id);
    else {
      const { id, original, language, made, pinned, at } = line;
      messages.set(id, {
        id,
        words: wordingOf({ original, language, made }),
        pinned,
        at,
        patienceUntil: 0,
      });
    }
  }
  return messages;
}

/** As it is read in a language. */
export function viewOf({ id, words, pinned, at }: Message, language: string): ChatMessage {
  const { original, language: written } = words;
  return { id, ...words.shown(language), original, language: written, pinned, at };
}
