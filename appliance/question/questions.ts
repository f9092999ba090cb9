import type { Companion } from '../tour/companion.ts';
import type { Tour } from '../tour/tour.ts';
import type { Log } from '../log.ts';
import type { TranslateText } from '../translator/wording.ts';
import type { Announce } from './answering.ts';
import type { QuestionStore } from './question-store.ts';
import { TourQuestions } from './tour-questions.ts';

export interface QuestionsOptions {
  readonly store: QuestionStore;
  /** For one tour. */
  readonly translating: (tour: Tour) => TranslateText;
  readonly announce: Announce;
  /** Ms since the epoch. */
  readonly now: () => number;
  readonly log: Pick<Log, 'error'>;
}

/** What visitors ask on all tours. Kept for as long as the transcripts. */
export class Questions implements Companion {
  /** How many came in writing, by voice and as calls for help, and how many votes there were, since the box began. */
  readonly counts = new Map<string, number>();
  private readonly options: QuestionsOptions;
  private readonly byTour = new Map<string, TourQuestions>();
  private readonly observers = new Set<(tour: string, attendee: string) => void>();

  constructor(options: QuestionsOptions) {
    this.options = options;
  }

  follow(tour: Tour): () => void {
    const { store, translating, announce, now } = this.options;
    const { id } = tour.record;
    const questions = new TourQuestions({
      tour,
      store,
      translate: translating(tour),
      announce,
      now,
      onCount: (what) => this.counts.set(what, (this.counts.get(what) ?? 0) + 1),
      onBlocked: (attendee) => {
        for (const observer of this.observers) observer(id, attendee);
      },
    });
    questions.start();
    this.byTour.set(id, questions);
    return () => {
      questions.stop();
      this.byTour.delete(id);
    };
  }

  async recall({ record: { id, state } }: Tour): Promise<void> {
    if (state === 'ended') return;
    try {
      this.byTour.get(id)?.recall(await this.options.store.read(id));
    } catch (error) {
      this.options.log.error({ err: error, tour: id }, 'the questions so far cannot be read');
    }
  }

  /** Told of whom a tour's guide has blocked. @returns what to call to hear no more of it. */
  subscribeBlocks(observer: (tour: string, attendee: string) => void): () => void {
    this.observers.add(observer);
    return () => void this.observers.delete(observer);
  }

  /** Undefined for a tour that has gone meanwhile. */
  of(tour: string): TourQuestions | undefined {
    return this.byTour.get(tour);
  }
}
