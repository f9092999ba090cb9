import type { CaptionLine } from '../protocol/views.ts';
import type { Tour } from '../tour/tour.ts';
import type { TourEvent } from '../tour/tour-event.ts';
import { type Nudge, Nudges } from './nudges.ts';
import { SpeakingRate } from './speaking-rate.ts';
import { type Tap, TooFast } from './too-fast.ts';

/** What the guide's desk is told. */
export type PaceEvent =
  | ({ readonly type: 'nudge' } & Nudge)
  /** How many find the guide too fast. */
  | { readonly type: 'too-fast'; readonly count: number };

export interface TourPaceOptions {
  readonly tour: Pick<Tour, 'record' | 'subscribe'>;
  /** Sentences that were not heard, of one language. */
  readonly onSkipped: (language: string, sentences: number) => void;
  /** Ms; for tests. */
  readonly now?: () => number;
}

const LOOK_MS = 1_000;

/** Whether one tour's guide is too fast: for the interpreters, or for those who listen. */
export class TourPace {
  private readonly options: TourPaceOptions;
  private readonly now: () => number;
  private readonly nudges = new Nudges();
  private readonly tooFast = new TooFast();
  private readonly skipped = new Map<string, number>();
  private readonly observers = new Set<(event: PaceEvent) => void>();
  private rate: { readonly language: string; readonly of: SpeakingRate } | undefined;
  private told = 0;
  private clock: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(options: TourPaceOptions) {
    this.options = options;
    this.now = options.now ?? (() => performance.now());
  }

  /** How many find the guide too fast just now. */
  get tooFastCount(): number {
    return this.tooFast.count(this.now());
  }

  start(): void {
    this.unsubscribe = this.options.tour.subscribe((event) => this.hear(event));
    this.clock = setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    this.unsubscribe?.();
    clearInterval(this.clock);
  }

  subscribe(observer: (event: PaceEvent) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** A visitor finds the guide too fast. Counts while the tour is live, once a minute. */
  tapTooFast(tap: Tap): void {
    if (this.options.tour.record.state === 'live' && this.tooFast.tap(tap, this.now())) this.tellCount();
  }

  private hear(event: TourEvent): void {
    if (event.type === 'level' && event.heard) this.nudges.spoken(this.now());
    else if (event.type === 'tour-changed' && event.changes.languages)
      this.nudges.keep(event.changes.languages);
    else if (event.type === 'channel') {
      this.nudges.tell(event.channel, this.now());
      this.countSkipped(event.channel.language, event.channel.pace?.skipped ?? 0);
    } else if (event.type === 'caption' && this.isGuides(event.line)) {
      this.speakingRate(event.line.language).add(event.line, this.now());
    }
  }

  /** Their own words: a visitor's question stands between them. */
  private isGuides({ language, asked }: CaptionLine): boolean {
    return language === this.options.tour.record.floorLanguage && asked === undefined;
  }

  private look(): void {
    this.tellCount();
    if (this.options.tour.record.state !== 'live') return;
    const now = this.now();
    const nudge = this.nudges.due(now, this.rate?.of.perMinute(now));
    if (nudge) this.tell({ type: 'nudge', ...nudge });
  }

  private tellCount(): void {
    const count = this.tooFastCount;
    if (count === this.told) return;
    this.told = count;
    this.tell({ type: 'too-fast', count });
  }

  private countSkipped(language: string, skipped: number): void {
    const before = this.skipped.get(language) ?? 0;
    // Fewer than before: the language was taken off the tour meanwhile, and is another channel now.
    const more = skipped < before ? skipped : skipped - before;
    this.skipped.set(language, skipped);
    if (more > 0) this.options.onSkipped(language, more);
  }

  /** The guide may speak another language than before. */
  private speakingRate(language: string): SpeakingRate {
    if (this.rate?.language !== language) this.rate = { language, of: new SpeakingRate({ language }) };
    return this.rate.of;
  }

  private tell(event: PaceEvent): void {
    for (const observer of this.observers) observer(event);
  }
}
