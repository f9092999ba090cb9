import * as z from 'zod/mini';
import { language } from './views.ts';

/** Visitors' voices: who has the floor, who speaks to the guide alone, and calls between two. Times: ms since the epoch. */

/** Who shall hear a visitor: the `guide` alone, or `all`: then theirs is the voice of the tour. */
const talksTo = z.enum(['guide', 'all']);
export type TalksTo = z.infer<typeof talksTo>;

/** Whose voice the tour is just now: the guide's, a visitor's who has the floor, or a text that is read. */
const floorVoice = z.enum(['guide', 'visitor', 'reading']);
export type FloorVoice = z.infer<typeof floorVoice>;

/** Box to visitor. */
export const visitorFloorEvent = z.object({
  type: z.literal('floor'),
  /** `waiting`: in the queue, or for the guide. `granted`: they speak, until `endsAt` at most. */
  you: z.enum(['none', 'waiting', 'granted']),
  to: z.optional(talksTo),
  /** In the queue: 1 is next. */
  place: z.optional(z.number()),
  endsAt: z.optional(z.number()),
  /** Whether the guide would be given their words in the guide's language: said before they speak; missing: not known. */
  interpreted: z.optional(z.boolean()),
  voice: floorVoice,
});

/** Visitor to box: over the socket because press and release must arrive in order. */
export const floorMessage = z.discriminatedUnion('act', [
  z.object({ type: z.literal('floor'), act: z.literal('request'), to: talksTo }),
  z.object({ type: z.literal('floor'), act: z.literal('release') }),
]);

/** Someone who speaks, or would like to. */
const talker = z.object({
  attendee: z.string(),
  name: z.optional(z.string()),
  language,
  to: talksTo,
  /** Whether the guide can be given their words in the guide's language; false: the voice alone is heard. */
  interpreted: z.boolean(),
  at: z.number(),
});
export type Talker = z.infer<typeof talker>;

/** Box to guide. */
export const deskFloorEvent = z.object({
  type: z.literal('floor'),
  holder: z.optional(z.extend(talker, { endsAt: z.number() })),
  queue: z.array(talker),
  voice: floorVoice,
});

/** Guide to box. `grant`: to all, from the queue or from who speaks to the guide. Without `attendee`: who is next, or speaks. */
export const deskFloorMessage = z.object({
  type: z.literal('floor'),
  act: z.enum(['grant', 'refuse', 'take-back']),
  attendee: z.optional(z.string().check(z.maxLength(64))),
});

const callEnd = z.enum(['hung-up', 'declined', 'missed', 'over', 'lost']);
export type CallEnd = z.infer<typeof callEnd>;

/** A private call, as its visitor sees it. */
export const visitorCallEvent = z.object({
  type: z.literal('call'),
  state: z.enum(['none', 'ringing', 'active', 'ended']),
  endsAt: z.optional(z.number()),
  /** Each hears the other in their own language; else directly. */
  interpreted: z.optional(z.boolean()),
  end: z.optional(callEnd),
});

export const callMessage = z.object({ type: z.literal('call'), act: z.enum(['ring', 'hang-up']) });

/** The same as the guide sees it: who rings, the one that is taken, and what has just ended. */
const deskCall = z.object({
  id: z.string(),
  attendee: z.string(),
  name: z.optional(z.string()),
  language,
  state: z.enum(['ringing', 'active', 'ended']),
  interpreted: z.boolean(),
  at: z.number(),
  endsAt: z.optional(z.number()),
  end: z.optional(callEnd),
});
export type DeskCall = z.infer<typeof deskCall>;

export const deskCallsEvent = z.object({ type: z.literal('calls'), calls: z.array(deskCall) });

/** `floor`: whether the tour goes on hearing the guide during the call. */
export const deskCallMessage = z.object({
  type: z.literal('call'),
  act: z.enum(['take', 'decline', 'hang-up']),
  id: z.string().check(z.maxLength(40)),
  floor: z.optional(z.enum(['muted', 'goes-on'])),
});
