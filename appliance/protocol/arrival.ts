import * as z from 'zod/mini';
import { problem, tourView } from './views.ts';

/** Where a page finds its {@link Arrival}: a data block of its HTML, which no browser runs. */
export const ARRIVAL_ID = 'arrival';

/** What there is to join. */
export const openTours = z.object({
  /** Those that are not over, newest first. */
  tours: z.array(tourView),
  /** What its owner calls the box. */
  box: z.string(),
});
export type OpenTours = z.infer<typeof openTours>;

/** What comes with a visitor's page, so that it need not ask: what its address leads to, and what else is open. */
export const arrivalView = z.extend(openTours, {
  /** The tour of the address `/j/CODE`. */
  tour: z.optional(tourView),
  /** Why the address leads to none. */
  problem: z.optional(problem),
});
export type Arrival = z.infer<typeof arrivalView>;
