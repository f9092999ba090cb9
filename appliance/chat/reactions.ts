import { quotaOf } from '../clock/quota.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Reaction } from '../protocol/questions.ts';

/** How many of each. */
export type ReactionCounts = Partial<Record<Reaction, number>>;

export interface ReactionsOptions {
  /** Ms. */
  readonly now: () => number;
  readonly onCount: () => void;
}

const SPAN_MS = 10_000;
const TELL_EVERY_MS = 1_000;
const PER_VISITOR = { most: 1, spanMs: 1_000 };
/** What comes beyond that changes no picture of the room. */
const PER_TOUR = { most: 200, spanMs: 1_000 };

/** How a tour's visitors like it just now: counts of the last ten seconds, and nobody's name. */
export class Reactions {
  private readonly options: ReactionsOptions;
  private readonly observers = new Set<(counts: ReactionCounts) => void>();
  private readonly perVisitor = quotaOf(PER_VISITOR);
  private readonly perTour = quotaOf(PER_TOUR);
  private recent: { readonly reaction: Reaction; readonly at: number }[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ReactionsOptions) {
    this.options = options;
  }

  stop(): void {
    clearInterval(this.timer);
    this.observers.clear();
  }

  subscribe(observer: (counts: ReactionCounts) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** @throws UbizoError `too_many_attempts`: one a second. */
  add(attendee: string, reaction: Reaction): void {
    const now = this.options.now();
    if (!this.perVisitor(attendee, now))
      throw new UbizoError('too_many_attempts', 'One a second is counted. Wait 1 s, then try again.', {
        retryAfterS: 1,
      });
    if (!this.perTour('', now)) return;
    this.recent.push({ reaction, at: now });
    this.options.onCount();
    this.timer ??= setInterval(() => this.tell(), TELL_EVERY_MS);
  }

  /** Of the last ten seconds. */
  counts(): ReactionCounts {
    const from = this.options.now() - SPAN_MS;
    this.recent = this.recent.filter(({ at }) => at > from);
    const counts: ReactionCounts = {};
    for (const { reaction } of this.recent) counts[reaction] = (counts[reaction] ?? 0) + 1;
    return counts;
  }

  private tell(): void {
    const counts = this.counts();
    for (const observer of this.observers) observer(counts);
    if (this.recent.length > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
