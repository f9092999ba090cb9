import * as z from 'zod/mini';
import { ERROR_CODES } from './errors.ts';
import { tourView } from './views.ts';

/** Where a page finds its {@link Arrival}: a data block of its HTML, which no browser runs. */
export const ARRIVAL_ID = 'arrival';

/** What comes with a visitor's page, so that it need not ask: what its address leads to, and what else is open. */
export const arrivalView = z.object({
  /** The tour of the address `/j/CODE`. */
  tour: z.optional(tourView),
  /** Why the address leads to none. */
  problem: z.optional(z.object({ code: z.enum(ERROR_CODES), message: z.string() })),
  /** The tours that are not over, newest first. */
  live: z.array(tourView),
  /** What the box's owner calls it. */
  box: z.string(),
});
export type Arrival = z.infer<typeof arrivalView>;
