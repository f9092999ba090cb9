import * as z from 'zod/mini';
import { boxUse } from './box-state.ts';
import { caption, channel, error, pong, recentCaptions } from './events.ts';
import { chatEvent, chatGoneEvent, chatsEvent } from './chat.ts';
import { qualityNow } from './quality-view.ts';
import { deskQuestionEvent, deskQuestionsEvent, questionGoneEvent, reactionsEvent } from './questions.ts';
import { deskCallsEvent, deskFloorEvent } from './talk.ts';
import { attendeeView, language, microphoneView, tourDeskView } from './views.ts';

/** Box to guide. */
export const guideEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('tour'),
    snapshot: z.literal(true),
    tour: tourDeskView,
    captions: recentCaptions,
  }),
  z.object({
    type: z.literal('tour-changed'),
    changes: z.partial(z.omit(tourDeskView, { channels: true, attendees: true })),
  }),
  caption,
  channel,
  z.extend(microphoneView, { type: z.literal('microphone') }),
  /** Who has come or changed, and who is no longer on the list. */
  z.object({ type: z.literal('attendees'), changed: z.array(attendeeView), gone: z.array(z.string()) }),
  z.extend(boxUse, { type: z.literal('box') }),
  /** Ten a second while the microphone is open: dBFS, -100 to 0. `heard`: there is sound in it. */
  z.object({ type: z.literal('level'), rmsDb: z.number(), peakDb: z.number(), heard: z.boolean() }),
  /** Slow down, please: visitors of this language are far behind (`lag`), or these are too many words (`rate`). */
  z.object({
    type: z.literal('nudge'),
    reason: z.enum(['lag', 'rate']),
    /** With `lag`. */
    language: z.optional(language),
  }),
  /** So many visitors have said within the last minute that it is too fast for them. */
  z.object({ type: z.literal('too-fast'), count: z.number() }),
  /** How the phones hear; told when that changes, and at most every five seconds. */
  z.extend(qualityNow, { type: z.literal('quality') }),
  deskQuestionsEvent,
  deskQuestionEvent,
  questionGoneEvent,
  reactionsEvent,
  chatsEvent,
  chatEvent,
  chatGoneEvent,
  deskFloorEvent,
  deskCallsEvent,
  pong,
  error,
]);
export type GuideEvent = z.infer<typeof guideEvent>;
