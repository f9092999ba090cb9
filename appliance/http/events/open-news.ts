import type { OpenTours } from '../../protocol/arrival.ts';
import type { OpenEvent } from '../../protocol/events.ts';
import type { Companion } from '../../tour/companion.ts';
import type { Tour } from '../../tour/tour.ts';
import type { TourEvent } from '../../tour/tour-event.ts';

/** A few changes that come together are told together. */
const TELL_AFTER_MS = 200;

/** Tells when there is something else to join than before: a tour comes, begins, ends, or is offered otherwise. */
export class OpenNews implements Companion {
  private readonly open: () => OpenTours;
  private readonly observers = new Set<(text: string) => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor({ open }: { open: () => OpenTours }) {
    this.open = open;
  }

  /** What there is to join, as the event that tells of it. */
  text(): string {
    return JSON.stringify({ type: 'open', ...this.open() } satisfies OpenEvent);
  }

  /** Written once for all who look on. */
  subscribe(observer: (text: string) => void): () => void {
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
      const text = this.text();
      for (const observer of this.observers) observer(text);
    }, TELL_AFTER_MS);
  }
}

function isNews(event: TourEvent): boolean {
  if (event.type !== 'tour-changed') return false;
  const { name, state, languages, floorLanguage } = event.changes;
  return [name, state, languages, floorLanguage].some((change) => change !== undefined);
}
