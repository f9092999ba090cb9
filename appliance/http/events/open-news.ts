import type { Companion } from '../../tour/companion.ts';
import type { Tour } from '../../tour/tour.ts';
import type { TourEvent } from '../../tour/tour-event.ts';

/** A few changes that come together are told together. */
const TELL_AFTER_MS = 200;

/** Tells when there is something else to join than before: a tour comes, begins, ends, or is offered otherwise. */
export class OpenNews implements Companion {
  private readonly observers = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  follow(tour: Tour): () => void {
    const unsubscribe = tour.subscribe((event) => {
      if (isNews(event)) this.changed();
    });
    this.changed();
    return () => {
      unsubscribe();
      this.changed();
    };
  }

  private changed(): void {
    if (this.observers.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const observer of this.observers) observer();
    }, TELL_AFTER_MS);
  }
}

function isNews(event: TourEvent): boolean {
  if (event.type !== 'tour-changed') return false;
  const { name, state, languages, floorLanguage } = event.changes;
  return [name, state, languages, floorLanguage].some((change) => change !== undefined);
}
