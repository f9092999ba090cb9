import * as z from 'zod/mini';
import { inOneLine, isBlank } from './text.ts';
import { language } from './views.ts';

/** What visitors ask, in writing or by voice, and what becomes of it. Times: ms since the epoch. */

/** A question's or a reaction's greatest lengths, in UTF-16 units. */
export const LONGEST_QUESTION = 280;
export const LONGEST_MESSAGE = 500;

/**
 * Characters that turn text around or hide in it (Unicode Standard Annex #9, explicit marks; UTS #55): no line may reorder
 * what stands beside it. Joiners stay: scripts and emoji need them.
 */
const STEERING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;

/** As it is kept and shown: plain text in one line, without what would steer a screen; '' when nothing is to be seen. */
function tidySaying(typed: string): string {
  const text = inOneLine(typed.replaceAll(STEERING, ''));
  return isBlank(text) ? '' : text;
}

/** What a person says in writing. */
export const saying = (longest: number) =>
  z.string().check(z.overwrite(tidySaying), z.minLength(1), z.maxLength(longest));

/**
 * - `pending`: with the guide. `shown`: all see it, and may vote. `answering`: the guide answers it now. `answered`.
 * - `hidden`: the guide has put it away; its asker is told that it is with the guide.
 */
export const questionState = z.enum(['pending', 'shown', 'answering', 'answered', 'hidden']);
export type QuestionState = z.infer<typeof questionState>;

/** Who made a text of another language: a large `model`, the `box`'s simple programs (rough); or it is `as-written`. */
export const translatedBy = z.enum(['model', 'box', 'as-written']);
export type TranslatedBy = z.infer<typeof translatedBy>;

/** As a visitor sees it: their own, and those that are shown. */
export const visitorQuestion = z.object({
  id: z.string(),
  mine: z.boolean(),
  /** Of who asked, where they gave one. */
  name: z.optional(z.string()),
  /** In the visitor's language, if `by` is not `as-written`. */
  text: z.string(),
  by: translatedBy,
  /** In the language in which it was asked. */
  original: z.string(),
  language,
  state: questionState,
  /** An own one that keeps them from asking another. */
  open: z.optional(z.boolean()),
  /** The guide has it on the screen. */
  seen: z.boolean(),
  votes: z.number(),
  voted: z.boolean(),
  at: z.number(),
  /** What the guide has written back, to this visitor alone. */
  reply: z.optional(z.object({ text: z.string(), by: translatedBy, original: z.string(), at: z.number() })),
});
export type VisitorQuestion = z.infer<typeof visitorQuestion>;

/** As the guide sees it. */
const deskQuestion = z.object({
  id: z.string(),
  attendee: z.string(),
  name: z.optional(z.string()),
  language,
  /** In the guide's language, if `by` is not `as-written`; not yet, as long as it is missing. */
  text: z.optional(z.string()),
  by: translatedBy,
  original: z.string(),
  /** It was spoken. */
  voice: z.boolean(),
  /** Who is lost, or needs help: before all others. */
  urgent: z.boolean(),
  /** Why it could not be translated, in a word for programs; the original is all there is. */
  untranslated: z.optional(z.enum(['no-engine', 'failed', 'spend-cap'])),
  state: questionState,
  /** Put off by the guide. */
  later: z.boolean(),
  votes: z.number(),
  /** Others that ask nearly the same, by id: a proposal. */
  twins: z.array(z.string()),
  /** How many others were merged into it. */
  merged: z.number(),
  reply: z.optional(z.string()),
  /** Nothing more is taken from who asked it. */
  blocked: z.optional(z.boolean()),
  at: z.number(),
});
export type DeskQuestion = z.infer<typeof deskQuestion>;

/** `POST /api/visits/TOUR/questions`. `urgent`: "I am lost". */
export const questionRequest = z.object({
  text: saying(LONGEST_QUESTION),
  urgent: z.optional(z.boolean()),
});
export const replyRequest = z.object({ text: saying(LONGEST_MESSAGE) });
export const mergeRequest = z.object({ into: z.string().check(z.maxLength(40)) });

/** `mine`: also what was answered or hidden; of others, what is shown. Told whole with the snapshot, then one by one. */
export const visitorQuestionsEvent = z.object({
  type: z.literal('questions'),
  questions: z.array(visitorQuestion),
});
export const visitorQuestionEvent = z.object({ type: z.literal('question'), question: visitorQuestion });
/** Withdrawn, hidden or merged: it is no longer to be seen. */
export const questionGoneEvent = z.object({ type: z.literal('question-gone'), id: z.string() });

/** In the order of the box's ranking; a desk keeps its own order while it is touched. */
export const deskQuestionsEvent = z.object({
  type: z.literal('questions'),
  questions: z.array(deskQuestion),
});
/** `GET /api/tours/ID/questions`: the same. */
export const deskQuestionsAnswer = z.object({ questions: z.array(deskQuestion) });
/** `rank`: where it stands among the others. */
export const deskQuestionEvent = z.object({
  type: z.literal('question'),
  question: deskQuestion,
  rank: z.number(),
});

/** Visitor to box. */
export const voteMessage = z.object({
  type: z.literal('vote'),
  question: z.string().check(z.maxLength(40)),
  on: z.boolean(),
});

export const REACTIONS = ['like', 'love', 'laugh', 'wow', 'clap'] as const;
const reaction = z.enum(REACTIONS);
export type Reaction = z.infer<typeof reaction>;

/** Visitor to box; nobody learns whose it was. */
export const reactionMessage = z.object({ type: z.literal('reaction'), reaction });

/** Box to guide: how many of each in the last ten seconds. */
export const reactionsEvent = z.object({
  type: z.literal('reactions'),
  counts: z.partialRecord(reaction, z.number()),
});
