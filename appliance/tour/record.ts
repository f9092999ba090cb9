import * as z from 'zod/mini';
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
