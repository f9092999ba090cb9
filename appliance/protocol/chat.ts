import * as z from 'zod/mini';
import { LONGEST_MESSAGE, saying, translatedBy } from './questions.ts';
import { language } from './views.ts';

/** What the guide writes to all. Times: ms since the epoch. */

/** In the reader's language, if `by` is not `as-written`. */
export const chatMessage = z.object({
  id: z.string(),
  text: z.string(),
  by: translatedBy,
  original: z.string(),
  language,
  /** It stays on top until it is taken down. */
  pinned: z.boolean(),
  at: z.number(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

/** `POST /api/tours/ID/chat`. */
export const chatRequest = z.object({ text: saying(LONGEST_MESSAGE), pinned: z.boolean() });
/** `PATCH /api/tours/ID/chat/MESSAGE`: taken down, or put up again. */
export const chatPatch = z.object({ pinned: z.boolean() });

/** All that can be read again, the oldest first; told with the snapshot, and when the reader's language changes. */
export const chatsEvent = z.object({ type: z.literal('chats'), messages: z.array(chatMessage) });
/** A new one, or one that has changed. */
export const chatEvent = z.object({ type: z.literal('chat'), message: chatMessage });
export const chatGoneEvent = z.object({ type: z.literal('chat-gone'), id: z.string() });
