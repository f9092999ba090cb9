import type { Speaker } from '../speaker/speaker.ts';
import type { Companion } from '../tour/companion.ts';
import type { AnnouncedTour } from './announced-tour.ts';
import { ReadingQueue } from './reading-queue.ts';
import type { TextEnd, TextsByLanguage } from './spoken-text.ts';

type NamedTour = Pick<AnnouncedTour, 'record'>;

/** Reads texts to tours, to each listener in their own language. */
export class Announcer implements Companion {
  /** How texts came out, each language of each counted, since the box began. */
  readonly ends = new Map<TextEnd, number>();
  private readonly speaker: Speaker;
  private readonly byTour = new Map<string, ReadingQueue>();
  private readonly observers = new Set<(tour: string, reading: boolean) => void>();

  constructor({ speaker }: { speaker: Speaker }) {
    this.speaker = speaker;
  }

  follow(tour: AnnouncedTour): () => void {
    const { id } = tour.record;
    const queue = new ReadingQueue({
      tour,
      speaker: this.speaker,
      onEnd: (end) => this.ends.set(end, (this.ends.get(end) ?? 0) + 1),
      onReading: (reading) => {
        for (const observer of this.observers) observer(id, reading);
      },
    });
    queue.start();
    this.byTour.set(id, queue);
    return () => {
      queue.stop();
      this.byTour.delete(id);
    };
  }

  /**
   * A text for all, in the languages in which it is there; who hears another one hears nothing of it. Texts are read one
   * after the other.
   * @param options `onVoice`: the tour's voice is this reading from now on, or is not any more
   * @returns whether it will be read: not where the tour is not live, or several wait already.
   */
  announce(
    { record: { id } }: NamedTour,
    texts: TextsByLanguage,
    { onVoice }: { onVoice?: (reading: boolean) => void } = {},
  ): boolean {
    return this.byTour.get(id)?.add({ texts, onVoice }) ?? false;
  }

  /** What is read, and what waits, is not read any further. */
  cut({ record: { id } }: NamedTour): void {
    this.byTour.get(id)?.cut();
  }

  /** Whether the tour's voice is a reading just now. */
  reading({ record: { id } }: NamedTour): boolean {
    return this.byTour.get(id)?.reading ?? false;
  }

  /** Called when that changes, with the tour's id. @returns what to call to hear no more of it. */
  subscribe(observer: (tour: string, reading: boolean) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }
}
