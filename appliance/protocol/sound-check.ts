import * as z from 'zod/mini';
import { interpretedBy, language, problem } from './views.ts';

/** When each stage was reached, ms since the first word began to be spoken; missing: not reached (yet). */
const soundCheckStages = z.object({
  /** The microphone has brought it. */
  captured: z.optional(z.number()),
  /** It has gone to whoever turns it into words. */
  sent: z.optional(z.number()),
  firstText: z.optional(z.number()),
  /** The interpreter has spoken. */
  firstSound: z.optional(z.number()),
  /** What it spoke was taken into a frame and encoded. */
  encoded: z.optional(z.number()),
  /** That frame was given to those who send. */
  onItsWay: z.optional(z.number()),
});
export type SoundCheckStages = z.infer<typeof soundCheckStages>;

/**
 * - `well`: it is heard.
 * - `late`: it is heard, but far behind.
 * - `silent`: nothing was heard in time; perhaps something was written.
 * - `untranslated`: nobody interprets the language: visitors hear the guide's own voice.
 */
const soundCheckVerdict = z.enum(['well', 'late', 'silent', 'untranslated']);
export type SoundCheckVerdict = z.infer<typeof soundCheckVerdict>;

const checkedLanguage = z.object({
  language,
  state: z.enum(['waiting', 'trying', 'done']),
  by: z.optional(interpretedBy),
  /** Why it is not better. */
  problem: z.optional(problem),
  /** Once it is done. */
  verdict: z.optional(soundCheckVerdict),
  stages: soundCheckStages,
  text: z.string(),
  /** Of the sound that can be heard at `/sound-check/LANGUAGE`; 0: there is none. */
  soundMs: z.number(),
});
export type CheckedLanguageView = z.infer<typeof checkedLanguage>;

export const soundCheckView = z.object({
  /** - `listening`: for something to be said. - `trying`: one language after the other. - `done`: or given up. */
  state: z.enum(['listening', 'trying', 'done']),
  source: z.enum(['microphone', 'clip']),
  /** Of what is tried, dBFS: its loudest tenth of a second, and its highest sample. */
  level: z.optional(z.object({ rmsDb: z.number(), peakDb: z.number() })),
  /** Why nothing was tried. */
  problem: z.optional(problem),
  languages: z.array(checkedLanguage),
});
export type SoundCheckView = z.infer<typeof soundCheckView>;
