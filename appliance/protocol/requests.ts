import * as z from 'zod/mini';
import { ERROR_CODES } from './errors.ts';
import { glossary } from './glossary.ts';
import { language, tourRetention, tourView } from './views.ts';

/** Bodies of HTTP requests and their answers; the views are in views.ts. */

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));
const languages = z.array(language).check(z.minLength(1), z.maxLength(20));

/** Typed on phones of all countries: full-width digits are digits. Case does not count. */
const entryCode = z
  .string()
  .check(z.trim(), z.normalize('NFKC'), z.toUpperCase(), z.regex(/^[\p{L}\p{N}]{4,12}$/u));
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
    entryCode: z.union([entryCode, z.literal('')]),
    spendCapUsd,
  }),
);
export type TourPatch = z.infer<typeof tourPatch>;

/** `code`, `entryCode`: any case, spaces and dashes ignored. `language` may be `floor`. */
export const joinRequest = z.object({
  code: z.string().check(z.minLength(1), z.maxLength(32)),
  language: z.string().check(z.minLength(1), z.maxLength(16)),
  name: z.optional(z.string().check(z.trim(), z.maxLength(60))),
  entryCode: z.optional(z.string().check(z.maxLength(64))),
});
export type JoinRequest = z.infer<typeof joinRequest>;

/** `whep` and `events` are paths on the same origin; `events` carries the token as a query parameter. */
export const joinAnswer = z.object({
  token: z.string(),
  whep: z.string(),
  events: z.string(),
  tour: tourView,
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

export const transcriptFormat = z.enum(['txt', 'srt', 'vtt']);
export type TranscriptFormat = z.infer<typeof transcriptFormat>;

export const errorAnswer = z.object({
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }),
});
