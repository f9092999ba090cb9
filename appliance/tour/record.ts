import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import { asking } from '../protocol/asking.ts';
import { glossaryEntry, language, tourRetention, tourState } from '../protocol/views.ts';

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
  retention: z.optional(tourRetention),
  /** Attendees whom the guide has removed. */
  removed: z.optional(z.array(z.string())),
  /** Asked of visitors beside the tour's code; empty: nothing is. */
  entryCode: z.optional(z.string()),
  /** Its publishing token: by SHA-256, base64url; when it was made (ms since the epoch), and by which account. */
  publishing: z.optional(
    z.object({ tokenHash: z.string(), createdAt: z.number(), account: z.optional(z.string()) }),
  ),
  /** Paid to interpreters so far, by language, US dollars. */
  spent: z.optional(z.record(language, z.number())),
  /** How much it may cost, US dollars; null or missing: as the box has it. */
  spendCapUsd: z.optional(z.nullable(z.number())),
  /** How it takes what visitors say; missing: as is usual. */
  asking: z.optional(asking),
  /** How many came, and how they liked it; no person stands in it. */
  tally: z.optional(z.object({ mostListeners: z.number(), ratings: z.array(z.number()) })),
  createdAt: z.string(),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
});
export type TourRecord = z.infer<typeof tourRecord>;

/** Without the floor's own language, which everyone may pick anyway, and without doubles. */
export function visitorsLanguages(languages: readonly string[], floorLanguage: string): string[] {
  return [...new Set(languages)].filter((language) => language !== floorLanguage);
}

/** What of `wanted` is given and not so already. */
function differences(wanted: TourPatch, stored: TourRecord): Partial<TourRecord> {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => value !== undefined && !isDeepStrictEqual(value, stored[key as keyof TourPatch]),
    ),
  );
}

/**
 * What a patch changes in a record.
 * @throws UbizoError `tour_state` when the floor's language is to change after the start.
 */
export function changesOf(patch: TourPatch, stored: TourRecord): Partial<TourRecord> {
  const floorLanguage = patch.floorLanguage ?? stored.floorLanguage;
  if (floorLanguage !== stored.floorLanguage && stored.state !== 'ready') {
    throw new UbizoError('tour_state', 'The language you speak can only be changed before the tour starts.');
  }
  const languages = visitorsLanguages(patch.languages ?? stored.languages, floorLanguage);
  return differences({ ...patch, floorLanguage, languages }, stored);
}
