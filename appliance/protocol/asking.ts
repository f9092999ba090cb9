import * as z from 'zod/mini';

/**
 * Who sees questions. `guide`: the guide alone, until they answer it or show it. `all`: the same, and once shown, everybody
 * may vote. `off`: nobody may ask.
 */
const questionsTo = z.enum(['guide', 'all', 'off']);
export type QuestionsTo = z.infer<typeof questionsTo>;

/** How a tour takes what visitors say. */
export const asking = z.object({
  to: questionsTo,
  /** Whether they may also speak. */
  voice: z.boolean(),
  /** Between two questions of one visitor, at least so many seconds: slow mode. */
  slowS: z.number().check(z.int(), z.minimum(0), z.maximum(600)),
  /** Whether the guide, who begins to speak, takes the floor back from who is heard. */
  guideBargesIn: z.boolean(),
  /** Whether an asker who begins to speak makes their own phone quieter. */
  askerDucks: z.boolean(),
});
export type Asking = z.infer<typeof asking>;

export const USUAL_ASKING: Asking = {
  to: 'guide',
  voice: true,
  slowS: 0,
  guideBargesIn: true,
  askerDucks: true,
};
