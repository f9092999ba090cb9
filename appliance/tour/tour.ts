import type { Channel } from '../channel/channel.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import type { TourDeskView, TourView } from '../protocol/views.ts';
import { Attendance, type Attendee } from './attendance.ts';
import { CaptionHistory } from './caption-history.ts';
import { Course } from './course.ts';
import type { DeskMicrophone } from './desk-microphone.ts';
import { KeptRecord } from './kept-record.ts';
import { Outcome } from './outcome.ts';
import type { TourRecord } from './record.ts';
import { Spend } from './spend.ts';
import { Stage } from './stage.ts';
import { type TourEvent, TourObservers } from './tour-event.ts';
import { TourNews } from './tour-news.ts';
import type { TourOptions } from './tour-options.ts';
import { guidesView, visitorsView } from './tour-views.ts';

/** One tour: its stage, its course, and who attends. */
export class Tour {
  readonly attendance: Attendance;
  readonly captions = new CaptionHistory({
    onLine: (line) => this.observers.tell({ type: 'caption', line }),
  });
  readonly spend: Spend;
  readonly outcome: Outcome;
  private readonly options: TourOptions;
  private readonly stage: Stage;
  private readonly course: Course;
  private readonly news: TourNews;
  private readonly kept: KeptRecord;
  private readonly observers = new TourObservers();

  constructor(options: TourOptions) {
    this.options = options;
    this.kept = new KeptRecord(options);
    this.attendance = new Attendance({ removed: options.record.removed, onChange: () => this.attended() });
    const { kept, attendance } = this;
    const emit = this.observers.tell;
    this.outcome = new Outcome({
      kept,
      attendance,
      onSummary: (summary) => emit({ type: 'tour-changed', changes: { summary } }),
    });
    this.spend = new Spend({
      spent: options.record.spent,
      capUsd: () => this.kept.now.spendCapUsd ?? options.boxCapUsd(),
      languages: () => this.kept.now.languages,
      listeners: (language) => this.attendance.listeners(language),
      onState: () => {
        this.stage.booths.exchange();
        this.news.spent();
      },
    });
    this.news = new TourNews({
      attendance,
      spend: this.spend,
      booths: () => this.stage.booths,
      isLive: () => this.kept.now.state === 'live',
      emit,
    });
    this.stage = new Stage({
      parts: options.parts(this),
      kept,
      attendance,
      onChannel: (language) => this.news.channelChanged(language),
      onCaption: (line) => this.captions.add(line),
      onSpent: (language, usd) => this.spend.add(language, usd),
      emit,
    });
    this.course = new Course({
      kept,
      show: (changes) => this.show(changes),
      microphone: this.stage.microphone,
      booths: this.stage.booths,
      attendance,
      onMoved: (attendees) => this.observers.tell({ type: 'moved', attendees }),
    });
  }

  get record(): TourRecord {
    return this.kept.now;
  }

  get phone(): DeskMicrophone['microphone'] {
    return this.kept.now.microphone === 'phone' ? this.stage.microphone.microphone : undefined;
  }

  subscribe(observer: (event: TourEvent) => void): () => void {
    return this.observers.add(observer);
  }

  start(): void {
    if (this.kept.now.state === 'ended') return;
    this.stage.start();
    this.news.start();
    this.stage.settle();
  }

  async stop(): Promise<void> {
    await Promise.allSettled([this.stage.stop(), this.kept.unsaved.stop()]);
    this.news.stop();
    this.observers.tell({ type: 'stopped' });
  }

  /** `floor`, a visitor's language, or the floor's. @throws UbizoError `language_not_offered`. */
  channel(language: string): Channel {
    return this.stage.booths.channel(language);
  }

  /** Lets in who holds a valid token; whose language is no longer offered hears the guide. @throws UbizoError `attendee_removed`. */
  admit(attendee: Attendee): Attendee {
    const { floorLanguage, languages } = this.kept.now;
    const language = languages.includes(attendee.language) ? attendee.language : floorLanguage;
    return this.attendance.admit({ ...attendee, language });
  }

  /** Takes someone off the tour for good, at once. @throws UbizoError `attendee_not_found`. */
  async remove(attendee: string): Promise<void> {
    const removed = this.attendance.remove(attendee);
    this.kept.assume({ removed });
    this.observers.tell({ type: 'removed', attendee });
    await this.kept.unsaved.keep({ removed });
  }

  /** @throws UbizoError `tour_state`; `microphone_busy`, and likewise to resume: another tour is live with it. */
  begin(): Promise<void> {
    return this.course.begin();
  }

  pause(): Promise<void> {
    return this.course.pause();
  }

  resume(): Promise<void> {
    return this.course.resume();
  }

  async end(): Promise<void> {
    await this.course.end();
    this.outcome.close();
  }

  /** The tour was deleted: whoever is there learns that it is over, and nothing is saved any more. */
  async close(): Promise<void> {
    if (this.kept.now.state !== 'ended') this.show({ state: 'ended' });
    this.kept.unsaved.forget();
    await this.stop();
  }

  mute(muted: boolean): void {
    this.course.mute(muted);
  }

  /**
   * @throws UbizoError `tour_state` when the floor's language is to change after the start; `storage_failed`: then
   * nothing was changed.
   */
  patch(patch: TourPatch): Promise<void> {
    return this.course.patch(patch);
  }

  /** Others may have to interpret, or how may be told otherwise. */
  exchange(): void {
    this.stage.booths.exchange();
  }

  /** A guide's desk has opened. @returns what to call when it closes. */
  watch(): () => void {
    return this.stage.desks.watch();
  }

  /** Opens the microphone for who is about to speak into it, as a desk would. */
  wake(): void {
    if (this.kept.now.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    this.watch()();
  }

  view(): TourView {
    return visitorsView(this.kept.now, this.stage);
  }

  deskView(): Omit<TourDeskView, 'guide' | 'mine'> {
    const { stage, attendance, spend, outcome } = this;
    const joinUrl = this.options.joinUrl(this.kept.now.code);
    return guidesView(this.kept.now, { joinUrl, stage, attendance, spend, outcome });
  }

  /** What was spent has been saved. */
  spentKept(spent: Record<string, number>): void {
    this.kept.assume({ spent });
  }

  private show(changes: Partial<TourRecord>): void {
    this.kept.assume(changes);
    this.stage.settle();
    const { underlay: _, guide: __, tally: ___, spendCapUsd, asking, ...shown } = changes;
    this.observers.tell({
      type: 'tour-changed',
      changes: { ...shown, ...(asking && { asking }), microphone: this.stage.microphone.view() },
    });
    if (spendCapUsd === undefined) return;
    this.spend.look();
    this.news.spent();
  }

  private attended(): void {
    if (!this.stage.isRunning) return;
    this.outcome.attended();
    this.stage.settle();
    this.news.attended();
  }
}
