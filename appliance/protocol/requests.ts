import * as z from 'zod/mini';
import { asking } from './asking.ts';
import { ENTRY_CODE, normaliseCode } from './codes.ts';
import { ERROR_CODES } from './errors.ts';
import { glossary } from './glossary.ts';
import { iceServer } from './ice.ts';
import { shownText, tidyName } from './text.ts';
import { language, tourRetention, tourView, wishedLanguage } from './views.ts';

/** Bodies of HTTP requests and their answers; the views are in views.ts. */

const name = shownText(80);
const languages = z.array(language).check(z.minLength(1), z.maxLength(20));

/** '' for none, and so for what has nothing in it that could be read aloud. */
const entryCode = z.string().check(
  z.overwrite(normaliseCode),
  z.refine((code) => code === '' || ENTRY_CODE.test(code)),
);
/** US dollars, of this tour. */
const spendCapUsd = z.nullable(z.number().check(z.minimum(0), z.maximum(10_000)));
const notes = z.string().check(z.maxLength(4_000));

export const newTourRequest = z.object({
  name,
  floorLanguage: language,
  languages,
  glossary: z.optional(glossary),
  notes: z.optional(notes),
  retention: z.optional(tourRetention),
  entryCode: z.optional(entryCode),
  spendCapUsd: z.optional(spendCapUsd),
  asking: z.optional(asking),
});
export type NewTour = z.infer<typeof newTourRequest>;

/** `floorLanguage` only before the first start. `retention`: `{}` is as the box has it. `entryCode`: `''` removes it. `spendCapUsd`: null is as the box has it. */
export const tourPatch = z.partial(
  z.object({
    name,
    floorLanguage: language,
    languages,
    microphone: z.string().check(z.maxLength(128)),
    muted: z.boolean(),
    glossary,
    notes,
    retention: tourRetention,
    entryCode,
    spendCapUsd,
    asking,
  }),
);
export type TourPatch = z.infer<typeof tourPatch>;

/** `code`, `entryCode`: as they are typed. `language` may be `floor`. `name`: '' for none. */
export const joinRequest = z.object({
  code: z.string().check(z.overwrite(normaliseCode), z.minLength(1), z.maxLength(32)),
  language: wishedLanguage,
  name: z.optional(z.string().check(z.overwrite(tidyName), z.maxLength(60))),
  entryCode: z.optional(z.string().check(z.overwrite(normaliseCode), z.maxLength(64))),
});
export type JoinRequest = z.infer<typeof joinRequest>;

/** `whep` and `events` are paths on the same origin; `events` carries the token as a query parameter. */
export const joinAnswer = z.object({
  token: z.string(),
  whep: z.string(),
  events: z.string(),
  tour: tourView,
  /** For phones that do not reach the box themselves, the best first; missing: there are none. */
  iceServers: z.optional(z.array(iceServer)),
});
export type JoinAnswer = z.infer<typeof joinAnswer>;

/** `createdAt`: ms since the epoch; missing: the tour has no publishing token. The token itself is never shown again. */
export const publishingTokenView = z.object({ createdAt: z.optional(z.number()) });
export type PublishingTokenView = z.infer<typeof publishingTokenView>;

/** `whip` is a path on the same origin. */
export const publishingTokenAnswer = z.object({
  token: z.string(),
  whip: z.string(),
  createdAt: z.number(),
});
export type PublishingTokenAnswer = z.infer<typeof publishingTokenAnswer>;

/** How a visitor liked the tour. */
export const ratingRequest = z.object({ stars: z.number().check(z.int(), z.minimum(1), z.maximum(5)) });

export const transcriptFormat = z.enum(['txt', 'srt', 'vtt']);
export type TranscriptFormat = z.infer<typeof transcriptFormat>;

export const errorAnswer = z.object({
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }),
});
