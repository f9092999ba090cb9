import type { Summary } from '../protocol/views.ts';

/** Of a rating. */
const MOST_STARS = 5;
/** A first crowd comes one by one: not each of them is worth a write. */
const WORTH_KEEPING = 1.1;

/** What is stored of it: numbers, and nobody's. */
interface TallyRecord {
  /** Heard or read the tour at once. */
  readonly mostListeners: number;
  /** How many gave one star, two, and so on. */
  readonly ratings: readonly number[];
}

export interface TallyOptions {
  readonly kept: TallyRecord | undefined;
  readonly keep: (tally: TallyRecord) => void;
}

/** How a tour went, in numbers: how many came, and how they liked it. Who gave which rating is forgotten with the day. */
export class Tally {
  private readonly keep: TallyOptions['keep'];
  private readonly given = new Map<string, number>();
  private ratings: readonly number[];
  private most: number;
  private mostKept: number;

  constructor({ kept, keep }: TallyOptions) {
    this.keep = keep;
    this.ratings = kept?.ratings ?? Array.from({ length: MOST_STARS }, () => 0);
    this.most = this.mostKept = kept?.mostListeners ?? 0;
  }

  /** So many hear or read the tour now. */
  count(listeners: number): void {
    if (listeners <= this.most) return;
    this.most = listeners;
    if (listeners >= this.mostKept * WORTH_KEEPING) this.save();
  }

  /** A second rating of the same attendee takes the first one's place. */
  rate(attendee: string, stars: number): void {
    const before = this.given.get(attendee);
    this.given.set(attendee, stars);
    this.ratings = this.ratings.map(
      (count, index) => count + Number(index === stars - 1) - Number(index + 1 === before),
    );
    this.save();
  }

  save(): void {
    this.mostKept = this.most;
    this.keep({ mostListeners: this.most, ratings: this.ratings });
  }

  summary({ startedAt, endedAt }: { startedAt: string; endedAt: string | undefined }): Summary {
    const until = endedAt === undefined ? Date.now() : Date.parse(endedAt);
    return {
      minutes: Math.max(0, Math.round((until - Date.parse(startedAt)) / 60_000)),
      mostListeners: this.most,
      ratings: [...this.ratings],
    };
  }
}
