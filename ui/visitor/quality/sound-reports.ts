import type { SoundSpan, Sparing, StatsReport } from '../../../appliance/protocol/quality.ts';
import { sparingOf } from './phone-profile.ts';
import { type HeardSound, spanBetween, type Totals } from './sound-looks.ts';

export interface SoundReportsOptions {
  /** What is played now; undefined while nothing is. */
  readonly heard: () => HeardSound | undefined;
  readonly send: (report: StatsReport) => void;
  readonly onSparing: (sparing: Sparing | undefined) => void;
  readonly sparing?: () => Promise<Sparing | undefined>;
}

/** How often it looks and how often it tells, ms: usually, and while the phone is to be spared. */
const LOOK_MS = { usual: 500, sparing: 1_000 };
const TELL_MS = { usual: 5_000, sparing: 15_000 };
/** A page that was asleep for longer knows nothing of that time, ms. */
const LONGEST_MS = 5_000;
const MOST_SPANS = 40;

/** Tells the box how the sound is heard on this phone. */
export class SoundReports {
  private readonly options: SoundReportsOptions;
  private spans: SoundSpan[] = [];
  private before: { readonly player: object; readonly totals: Totals } | undefined;
  private lookedAt = 0;
  private toldAt = 0;
  private sparing: Sparing | undefined;
  private running = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SoundReportsOptions) {
    this.options = options;
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.toldAt = performance.now();
    void this.spare();
    this.next();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.timer);
    this.forget();
  }

  private next(): void {
    this.timer = setTimeout(() => void this.look(), LOOK_MS[this.mode]);
  }

  private get mode(): 'usual' | 'sparing' {
    return this.sparing ? 'sparing' : 'usual';
  }

  private async look(): Promise<void> {
    const heard = this.options.heard();
    const totals = await heard?.totals();
    if (!this.running) return;
    const now = performance.now();
    const ms = now - this.lookedAt;
    this.lookedAt = now;
    const { before } = this;
    if (!heard || !totals) this.forget();
    else {
      if (before?.player !== heard.player || ms > LONGEST_MS) this.forget();
      else this.spans.push(spanBetween(before.totals, totals, ms));
      this.before = { player: heard.player, totals };
    }
    if (now - this.toldAt >= TELL_MS[this.mode] || this.spans.length === MOST_SPANS) this.tell(now);
    this.next();
  }

  private tell(now: number): void {
    this.toldAt = now;
    const { spans, sparing } = this;
    this.spans = [];
    if (spans.length > 0) this.options.send({ type: 'stats', agoMs: 0, spans, ...(sparing && { sparing }) });
    void this.spare();
  }

  private async spare(): Promise<void> {
    const sparing = await (this.options.sparing ?? sparingOf)();
    if (!this.running || sparing === this.sparing) return;
    this.sparing = sparing;
    this.options.onSparing(sparing);
  }

  private forget(): void {
    this.before = undefined;
    this.spans = [];
  }
}
