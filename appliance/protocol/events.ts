import * as z from 'zod/mini';
import { openTours } from './arrival.ts';
import { chatEvent, chatGoneEvent, chatsEvent } from './chat.ts';
import { ERROR_CODES } from './errors.ts';
import { qualityClass, statsReport } from './quality.ts';
import {
  questionGoneEvent,
  reactionMessage,
  visitorQuestionEvent,
  visitorQuestionsEvent,
  voteMessage,
} from './questions.ts';
import { firstSoundReport, recoveryReport } from './recovery.ts';
import {
  callMessage,
  deskCallMessage,
  deskFloorMessage,
  floorMessage,
  visitorCallEvent,
  visitorFloorEvent,
} from './talk.ts';
import {
  captionLine,
  channelState,
  interpretedBy,
  language,
  problem,
  tourView,
  voicePace,
  wishedLanguage,
  writtenBy,
} from './views.ts';

/** WebSocket messages, JSON, one per frame; `type` tells them apart. First a `tour` snapshot, then deltas. */

export const caption = z.extend(captionLine, { type: z.literal('caption') });

export const channel = z.object({
  type: z.literal('channel'),
  language,
  state: channelState,
  by: interpretedBy,
  lagMs: z.number(),
  rough: z.boolean(),
  /** On the floor channel. */
  writtenBy: z.optional(writtenBy),
  /** Guide only. */
  listeners: z.optional(z.number()),
  readers: z.optional(z.number()),
  pace: z.optional(voicePace),
  problem: z.optional(problem),
});

/** The attendee's own connection, as the box measures it from receiver reports (RFC 3550, 6.4.1). */
const listener = z.object({
  type: z.literal('listener'),
  state: z.enum(['connecting', 'connected', 'disconnected', 'closed']),
  language,
  quality: z.enum(['good', 'fair', 'poor', 'unknown']),
  /** Fraction of packets lost since the last report, 0 to 1. */
  loss: z.number(),
  jitterMs: z.number(),
  /** To the phone and back, once it is known. */
  roundTripMs: z.optional(z.number()),
});

/** The answer to a page's {@link pagePing}: what it sends arrives, and what the box sends does too. */
export const pong = z.object({ type: z.literal('pong') });

/** Before silence is taken for a loss: for how long the attendee's channel has been sounding without a pause, ms. */
const attendeePong = z.extend(pong, { soundingMs: z.optional(z.number()) });

export const error = z.object({ type: z.literal('error'), code: z.enum(ERROR_CODES), message: z.string() });

export const recentCaptions = z.array(captionLine);

/** Box to attendee. */
export const attendeeEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('tour'),
    snapshot: z.literal(true),
    tour: tourView,
    language,
    captions: recentCaptions,
    /** False: the visitor waits, counts for nothing, and is sent no new captions and no sound until they `listen`. */
    listening: z.optional(z.boolean()),
  }),
  z.object({ type: z.literal('tour-changed'), changes: z.partial(z.omit(tourView, { channels: true })) }),
  caption,
  channel,
  listener,
  /** How well this phone hears, by what its page has measured; told when that changes. */
  z.object({ type: z.literal('quality'), class: qualityClass }),
  visitorQuestionsEvent,
  visitorQuestionEvent,
  questionGoneEvent,
  chatsEvent,
  chatEvent,
  chatGoneEvent,
  visitorFloorEvent,
  visitorCallEvent,
  attendeePong,
  error,
]);
export type AttendeeEvent = z.infer<typeof attendeeEvent>;

/** Box to who has not joined. */
export const openEvent = z.discriminatedUnion('type', [
  z.extend(openTours, { type: z.literal('open') }),
  pong,
  error,
]);
export type OpenEvent = z.infer<typeof openEvent>;

/** Any page to box. Browsers hide the pings of the WebSocket itself (RFC 6455, 5.5.2) from pages. */
export const pagePing = z.object({ type: z.literal('ping') });
export type PagePing = z.infer<typeof pagePing>;

/** Attendee to box. `language` may be `floor`. */
export const attendeeMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('language'), language: wishedLanguage }),
  /** The page shows captions, in this language, whether it also plays or not; `null`: it shows none any more. */
  z.object({ type: z.literal('reading'), language: z.nullable(wishedLanguage) }),
  /** Who has waited hears and reads from now on. */
  z.object({ type: z.literal('listen') }),
  /** The guide speaks too fast for this visitor. Nobody learns who said so. */
  z.object({ type: z.literal('too-fast') }),
  /** How well it was heard. */
  statsReport,
  /** How the sound came back. */
  recoveryReport,
  firstSoundReport,
  voteMessage,
  reactionMessage,
  floorMessage,
  callMessage,
]);
export type AttendeeMessage = z.infer<typeof attendeeMessage>;

/** Guide to box: over the socket because press and release must arrive in order. */
export const guideMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('mute'), muted: z.boolean() }),
  deskFloorMessage,
  deskCallMessage,
]);
export type GuideMessage = z.infer<typeof guideMessage>;
