import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { TourPatch } from '../protocol/requests.ts';
import { language, tourState } from '../protocol/views.ts';

/** What is stored of a tour; who listens and what is said are not. */
export const tourRecord = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  floorLanguage: language,
  languages: z.array(language),
  state: tourState,
  muted: z.boolean(),
  microphone: z.string(),
  underlay: z.enum(['quiet', 'off']),
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
export function differences(wanted: TourPatch, stored: TourRecord): Partial<TourRecord> {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([key, value]) => value !== undefined && !isDeepStrictEqual(value, stored[key as keyof TourPatch]),
    ),
  );
}
