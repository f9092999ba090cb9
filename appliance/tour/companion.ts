import type { Tour } from './tour.ts';

/** What goes with a tour from outside. The tour knows none of them: they subscribe to what it tells. */
export interface Companion {
  /** A tour has come. @returns what to call when it goes: it was deleted, or the box stops. */
  follow(tour: Tour): () => void;
  /** After a restart, before anybody is let in: gives back to the tour what was kept of it. */
  recall?(tour: Tour): Promise<void>;
  /** The tour was deleted, and nothing of it may be left. What cannot be taken away now, the companion sees to later. */
  deleted?(tour: string): Promise<void> | void;
}
