import * as z from 'zod/mini';
import { asking } from './asking.ts';
import { ERROR_CODES } from './errors.ts';
import { canonicalTag, LANGUAGE_TAG } from './languages.ts';

/** What the box shows of itself. Shapes only: every field is derived, nothing here is stored. */

export const language = z.string().check(z.overwrite(canonicalTag), z.regex(LANGUAGE_TAG));

/** What somebody asks for: a tag or `floor`; whether there is such a language, the tour knows. */
export const wishedLanguage = z.string().check(z.overwrite(canonicalTag), z.minLength(1), z.maxLength(16));

export const problem = z.object({ code: z.enum(ERROR_CODES), message: z.string() });

export const tourState = z.enum(['ready', 'live', 'paused', 'ended']);
export type TourState = z.infer<typeof tourState>;

/**
 * - `live`: the language itself is heard (on the floor channel: the guide).
 * - `reconnecting`: the interpreter is away for a moment; the guide's own voice is heard meanwhile.
 * - `floor`: no interpreter for this language (refused, unsupported, not there); the guide's own voice is heard.
 * - `silent`: nothing is heard: tour not live, muted, or no one listens yet.
 */
export const channelState = z.enum(['live', 'reconnecting', 'floor', 'silent']);
export type ChannelState = z.infer<typeof channelState>;

/**
 * Who interprets a language now, or would if somebody listened: a large `model`, the `box`'s simple programs, or
 * nobody: then the `guide`'s own voice is all there is.
 */
export const interpretedBy = z.enum(['model', 'box', 'guide']);
export type InterpretedBy = z.infer<typeof interpretedBy>;

/** Who writes down the guide's own words now, or would if somebody read them. */
export const writtenBy = z.enum(['model', 'box', 'nobody']);
export type WrittenBy = z.infer<typeof writtenBy>;

/** One language as a visitor sees it. `rough`: `by` the box. */
const channelView = z.object({
  language,
  state: channelState,
  by: interpretedBy,
  /** From a word spoken to the same word heard, ms, smoothed; 0 on the floor channel and before it is known. */
  lagMs: z.number(),
  rough: z.boolean(),
  /** On the floor channel. */
  writtenBy: z.optional(writtenBy),
});
export type ChannelView = z.infer<typeof channelView>;

/** How the translated voice of a language keeps up with the guide. */
export const voicePace = z.object({
  /** Of the lag in the last five minutes: half of the time it was no more than that, and nearly always, ms. */
  lagP50Ms: z.number(),
  lagP95Ms: z.number(),
  /** Speech that was made and waits to be heard, ms. */
  queuedMs: z.number(),
  /** How much faster than it was made it is heard just now, 1 to 1.25. */
  tempo: z.number(),
  /** Sentences of which something was not heard, because the voice was too far behind, since the language was opened. */
  skipped: z.number(),
});
export type VoicePace = z.infer<typeof voicePace>;

/** One language as the guide sees it. */
const channelDeskView = z.extend(channelView, {
  /** Who hear it. */
  listeners: z.number(),
  /** Who read it without hearing it. */
  readers: z.number(),
  /** Only while it is interpreted. */
  pace: z.optional(voicePace),
  problem: z.optional(problem),
});
export type ChannelDeskView = z.infer<typeof channelDeskView>;

/** - `closed`: not in use. `waiting`: for the guide's phone to connect. `lost`: retried by itself. */
const microphoneState = z.enum(['closed', 'opening', 'waiting', 'open', 'lost', 'ended']);

export const microphoneView = z.object({
  /** `alsa:DEVICE`, `phone`, `file:NAME` or `none`; one of the ids of {@link microphoneOption}. */
  id: z.string(),
  state: microphoneState,
  problem: z.optional(problem),
});
export type MicrophoneView = z.infer<typeof microphoneView>;

const microphoneOption = z.object({
  id: z.string(),
  kind: z.enum(['alsa', 'phone', 'file', 'none']),
  /** The device's or the file's own name; kinds have their words in the page's language. */
  label: z.string(),
  available: z.boolean(),
});
export type MicrophoneOption = z.infer<typeof microphoneOption>;

/** A tour as any visitor who joined may see it. */
export const tourView = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  state: tourState,
  muted: z.boolean(),
  /** There is a microphone, or about to be: without one nobody hears the guide. */
  microphoneThere: z.boolean(),
  floorLanguage: language,
  /** The visitors' languages, without the floor's. */
  languages: z.array(language),
  /** The floor's first, then `languages` in order. */
  channels: z.array(channelView),
  /** How it takes what visitors say. */
  asking,
});
export type TourView = z.infer<typeof tourView>;

/** A word that interpreters must get right: a name, a term of the trade. */
export const glossaryEntry = z.object({
  term: z.string(),
  /** How it is said in other languages, by tag; elsewhere it is left as it is. */
  translations: z.optional(z.record(language, z.string())),
});
export type GlossaryEntry = z.infer<typeof glossaryEntry>;

/** How long things are kept, where a tour differs from its box. */
export const tourRetention = z.object({
  /** Days after its last word; 0: no transcript is made. */
  transcriptDays: z.optional(z.number().check(z.int(), z.minimum(0), z.maximum(3_650))),
  recordings: z.optional(z.boolean()),
});

/** Someone who has come to a tour. `connected`: they hear or read it just now. */
export const attendeeView = z.object({
  id: z.string(),
  name: z.optional(z.string()),
  language,
  connected: z.boolean(),
});
export type AttendeeView = z.infer<typeof attendeeView>;

/**
 * What a tour has cost by the box's own count, US dollars, against what it may.
 * - `warn`: from 80 % of the cap on. `reached`: nothing more is spent; rough interpreters, or the guide's own voice.
 */
const spendView = z.object({
  usd: z.number(),
  /** Null: as much as it takes. */
  capUsd: z.nullable(z.number()),
  state: z.enum(['within', 'warn', 'reached']),
  /** Also languages that are no longer offered, if they have cost something. */
  perLanguage: z.array(z.object({ language, usd: z.number(), listeners: z.number() })),
  /** Says what has happened, once the cap is reached. */
  problem: z.optional(problem),
});
export type SpendView = z.infer<typeof spendView>;

/** How a tour went. `ratings`: how many gave one star, two, and so on up to five. */
const summary = z.object({
  /** From the start until the end, or until now. */
  minutes: z.number(),
  /** Heard or read it at once. */
  mostListeners: z.number(),
  ratings: z.array(z.number()),
});
export type Summary = z.infer<typeof summary>;

/** A tour as its guide sees it. */
export const tourDeskView = z.extend(tourView, {
  glossary: z.optional(z.array(glossaryEntry)),
  notes: z.optional(z.string()),
  retention: z.optional(tourRetention),
  /** Asked of visitors beside the code; missing or empty: nothing is. */
  entryCode: z.optional(z.string()),
  joinUrl: z.string(),
  createdAt: z.string(),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  microphone: microphoneView,
  channels: z.array(channelDeskView),
  spend: spendView,
  /** Once it has started. */
  summary: z.optional(summary),
  /** How far the caller may raise its cap, US dollars; missing: as far as they like. */
  raisableToUsd: z.optional(z.number()),
  /** Whose it is, by their account; missing: the owner's. `name`: their name, or else their email. */
  guide: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** It is the caller's own. */
  mine: z.boolean(),
  /** In the order in which they came. */
  attendees: z.array(attendeeView),
});
export type TourDeskView = z.infer<typeof tourDeskView>;

/** What the guide's page needs to know about the box before a tour exists. */
export const boxView = z.object({
  version: z.string(),
  interpreter: z.enum(['openai', 'offline', 'none']),
  /** Says why languages may be missing or rough, when there is something to do about it. */
  interpreterProblem: z.optional(problem),
  /** Nothing can be saved just now, or what was saved had to be restored. */
  storageProblem: z.optional(problem),
  /** About what a language costs while somebody listens to it, US dollars; missing: nothing. */
  usdPerMinute: z.optional(z.number()),
  /** Pairs the box can do, the best first: from → to; `from: '*'` is any language. `rough`: by its simple programs. */
  pairs: z.array(z.object({ from: z.string(), to: z.array(language), rough: z.boolean() })),
  microphones: z.array(microphoneOption),
  /** The id a new tour starts with. */
  microphone: z.string(),
});
export type BoxView = z.infer<typeof boxView>;

/**
 * One line of captions. The same `id` comes again, longer, until `final`. `at`: ms since the epoch. `skipped`: something of
 * it was not heard, because the voice was too far behind; a line comes once more to say so.
 */
export const captionLine = z.object({
  language,
  id: z.string(),
  text: z.string(),
  final: z.boolean(),
  at: z.number(),
  skipped: z.optional(z.boolean()),
  /** It is a visitor's question, written or said to all, by its id: not the guide's words. */
  asked: z.optional(z.string()),
  /** It was said in answer to this question. */
  answers: z.optional(z.string()),
});
export type CaptionLine = z.infer<typeof captionLine>;

/** What was said in one language of a tour. Times: ms since the epoch. */
const transcriptView = z.object({
  language,
  lines: z.number(),
  from: z.number(),
  to: z.number(),
});
export type TranscriptView = z.infer<typeof transcriptView>;

/** A tour's transcripts: the floor's language first. `keepDays`: after that they are deleted; 0: none are made. */
export const transcriptsView = z.object({
  transcripts: z.array(transcriptView),
  keepDays: z.number(),
});
export type TranscriptsView = z.infer<typeof transcriptsView>;
