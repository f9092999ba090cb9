import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import { TourPace } from './tour-pace.ts';

/** How fast the guides of all tours are, and how well the voices keep up. */
export class Paces implements Companion {
  /** Sentences that were not heard, by language, since the box began. */
  readonly skipped = new Map<string, number>();
  private readonly byTour = new Map<string, TourPace>();

  follow(tour: Tour): () => void {
    const { id } = tour.record;
    const pace = new TourPace({
      tour,
      onSkipped: (language, sentences) =>
        this.skipped.set(language, (this.skipped.get(language) ?? 0) + sentences),
    });
    pace.start();
    this.byTour.set(id, pace);
    return () => {
      pace.stop();
      this.byTour.delete(id);
    };
  }

  /** Undefined for a tour that has gone meanwhile. */
  of(tour: string): TourPace | undefined {
    return this.byTour.get(tour);
  }
}
