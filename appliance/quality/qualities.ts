import type { Listener } from '../listener/listener.ts';
import type { Listeners } from '../listener/listeners.ts';
import type { Streams } from '../stream/streams.ts';
import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import { TourQuality } from './tour-quality.ts';

/** How the phones of all tours hear. */
export class Qualities implements Companion {
  private readonly listeners: Listeners;
  private readonly streams: Pick<Streams, 'of'>;
  private readonly byTour = new Map<string, TourQuality>();

  constructor({ listeners, streams }: { listeners: Listeners; streams: Pick<Streams, 'of'> }) {
    this.streams = streams;
    this.listeners = listeners;
    listeners.subscribe((listener) => this.heed(listener));
  }

  follow(tour: Tour): () => void {
    const { id } = tour.record;
    const quality = new TourQuality({ tour, listeners: this.listeners, streams: this.streams });
    quality.start();
    this.byTour.set(id, quality);
    return () => {
      quality.stop();
      this.byTour.delete(id);
    };
  }

  /** Undefined for a tour that has gone meanwhile. */
  of(tour: string): TourQuality | undefined {
    return this.byTour.get(tour);
  }

  all(): Iterable<TourQuality> {
    return this.byTour.values();
  }

  private heed(listener: Listener): void {
    this.byTour.get(listener.tour)?.heed(listener);
  }
}
