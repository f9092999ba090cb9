import * as z from 'zod/mini';
import type { Direction } from './languages.ts';
import { problem, tourView } from './views.ts';

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

/** The entrance of a tour as markup, and the language that it speaks. */
export interface Still {
  readonly markup: string;
  readonly lang: string;
  readonly dir: Direction;
}

/**
 * Draws what the page will show first, for who comes with these wishes (languages, best first); undefined where there is
 * no entrance. It comes with the pages (ui/visitor/still).
 */
export type DrawStill = (arrival: Arrival, wishes: readonly string[]) => Promise<Still | undefined>;
