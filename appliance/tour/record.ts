import * as z from 'zod/mini';
import { language, tourState } from '../protocol/views.ts';

/** A word that interpreters must get right: a name, a term of the trade. */
const glossaryEntry = z.object({
  term: z.string(),
  /** How it is said in other languages, by tag; elsewhere it is left as it is. */
  translations: z.optional(z.record(language, z.string())),
});

/** What is stored of a tour; who listens and what is said are not. */
export const tourRecord = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  /** The account of the guide whose tour it is. */
  guide: z.optional(z.string()),
  floorLanguage: language,
  languages: z.array(language),
  state: tourState,
  muted: z.boolean(),
  microphone: z.string(),
  underlay: z.enum(['quiet', 'off']),
  glossary: z.optional(z.array(glossaryEntry)),
  notes: z.optional(z.string()),
  /** What differs from the device's own. */
  retention: z.optional(
    z.object({ transcriptDays: z.optional(z.number()), recordings: z.optional(z.boolean()) }),
  ),
  /** Asked of visitors beside the tour's code. */
  entryCode: z.optional(z.string()),
  /** Paid to interpreters so far, US dollars. */
  costUsd: z.optional(z.number()),
  createdAt: z.string(),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
});
export type TourRecord = z.infer<typeof tourRecord>;
