import type { Floors } from '../floor/floors.ts';
import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import { TourTalk, type TourTalkOptions } from './tour-talk.ts';

export interface TalksOptions extends Omit<TourTalkOptions, 'tour' | 'floor' | 'onDropped' | 'onEnd'> {
  readonly floors: Floors;
}

/** The visitors of each tour who speak. */
export class Talks implements Companion {
  /** Packets of who did not have the floor. */
  dropped = 0;
  /** How turns have ended. */
  readonly ends = new Map<string, number>();
  private readonly options: TalksOptions;
  private readonly byTour = new Map<string, TourTalk>();
  private readonly followers = new Set<(talk: TourTalk) => () => void>();

  constructor(options: TalksOptions) {
    this.options = options;
  }

  all(): Iterable<TourTalk> {
    return this.byTour.values();
  }

  /** Nothing for a tour that is not there. */
  of(tour: string): TourTalk | undefined {
    return this.byTour.get(tour);
  }

  /** For who goes with every talk. Before the tours come. `follow` returns what to call when its tour goes. */
  accompany(follow: (talk: TourTalk) => () => void): void {
    this.followers.add(follow);
  }

  follow(tour: Tour): () => void {
    const { floors, ...options } = this.options;
    const talk = new TourTalk({
      ...options,
      tour,
      floor: floors.of(tour.record.id),
      onDropped: () => void this.dropped++,
      onEnd: (_, end) => void this.ends.set(end, (this.ends.get(end) ?? 0) + 1),
    });
    this.byTour.set(tour.record.id, talk);
    const unsubscribe = tour.subscribe((event) => {
      if (event.type === 'removed') talk.remove(event.attendee);
      else if (event.type === 'tour-changed') talk.look();
    });
    const undos = [...this.followers].map((follow) => follow(talk));
    return () => {
      unsubscribe();
      for (const undo of undos) undo();
      talk.stop();
      this.byTour.delete(tour.record.id);
    };
  }

  deleted(tour: string): void {
    this.options.floors.forget(tour);
  }
}
