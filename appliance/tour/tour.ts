import type { Channel } from '../channel/channel.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import type { ChannelDeskView, Summary, TourDeskView, TourView } from '../protocol/views.ts';
import { Attendance, type Attendee } from './attendance.ts';
import { Booths } from './booths.ts';
import { CaptionHistory } from './caption-history.ts';
import { Course } from './course.ts';
import type { DeskMicrophone } from './desk-microphone.ts';
import { Desks } from './desks.ts';
import type { TourRecord } from './record.ts';
import { Spend } from './spend.ts';
import type { TourEvent } from './tour-event.ts';
import { Tally } from './tally.ts';
import { TourNews } from './tour-news.ts';
import type { TourOptions, TourParts } from './tour-options.ts';
import { guidesView, visitorsView } from './tour-views.ts';
import { UnsavedChanges } from './unsaved-changes.ts';

/** A box that loses its power forgets so much of the count, ms. */
const SAVE_TALLY_MS = 1_000;

/** One tour: its microphone, its floor, a booth per language, and who attends. */
export class Tour {
  readonly attendance: Attendance;
  readonly captions = new CaptionHistory();
  readonly spend: Spend;
  private readonly tally: Tally;
  private readonly options: TourOptions;
  private readonly parts: TourParts;
  private readonly microphone: DeskMicrophone;
  private readonly booths: Booths;
  private readonly course: Course;
  private readonly news: TourNews;
  private readonly desks = new Desks({ onChange: () => this.settle() });
  private readonly unsaved: UnsavedChanges;
  private readonly observers = new Set<(event: TourEvent) => void>();
  private stored: TourRecord;
  private running = false;

  constructor(options: TourOptions) {
    this.options = options;
    this.stored = options.record;
    this.unsaved = new UnsavedChanges({ save: options.save });
    this.tally = new Tally({
      kept: this.stored.tally,
      keep: ({ mostListeners, ratings }) => {
        const tally = { mostListeners, ratings: [...ratings] };
        this.assume({ tally });
        this.unsaved.keepSoon({ tally }, SAVE_TALLY_MS);
      },
    });
    this.attendance = new Attendance({ removed: this.stored.removed, onChange: () => this.attended() });
    this.spend = new Spend({
      spent: this.stored.spent,
      capUsd: () => this.stored.spendCapUsd ?? options.boxCapUsd(),
      languages: () => this.stored.languages,
      listeners: (language) => this.attendance.listeners(language),
      onState: () => {
        this.booths.exchange();
        this.news.spent();
      },
    });
    this.news = new TourNews({
      attendance: this.attendance,
      spend: this.spend,
      booths: () => this.booths,
      isLive: () => this.stored.state === 'live',
      emit: (event) => this.emit(event),
    });
    this.parts = options.parts(this);
    this.microphone = this.parts.createMicrophone(this.stored.microphone, {
      onState: (microphone) => this.emit({ type: 'microphone', microphone }),
      onLevel: (reading) => this.emit({ type: 'level', ...reading }),
    });
    this.booths = new Booths({
      parts: this.parts,
      floorLanguage: this.stored.floorLanguage,
      listeners: (language) => this.attendance.listeners(language),
      readers: (language) => this.attendance.readers(language),
      onChannel: (language) => this.news.channelChanged(language),
      onCaption: (line) => {
        this.captions.add(line);
        this.emit({ type: 'caption', line });
      },
      onSpent: (language, usd) => this.spend.add(language, usd),
    });
    this.course = new Course({
      record: () => this.stored,
      assume: (changes) => this.assume(changes),
      show: (changes) => this.show(changes),
      unsaved: this.unsaved,
      microphone: this.microphone,
      booths: this.booths,
      attendance: this.attendance,
      onMoved: (attendees) => this.emit({ type: 'moved', attendees }),
    });
  }

  get record(): TourRecord {
    return this.stored;
  }

  get phone(): DeskMicrophone['microphone'] {
    return this.stored.microphone === 'phone' ? this.microphone.microphone : undefined;
  }

  subscribe(observer: (event: TourEvent) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  start(): void {
    if (this.stored.state === 'ended') return;
    this.running = true;
    this.booths.start(this.stored.languages);
    this.news.start();
    this.settle();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.desks.stop();
    await Promise.allSettled([this.microphone.stop(), this.booths.stop(), this.unsaved.stop()]);
    this.news.stop();
    this.emit({ type: 'stopped' });
  }

  /** `floor`, a visitor's language, or the floor's. @throws UbizoError `language_not_offered`. */
  channel(language: string): Channel {
    return this.booths.channel(language);
  }

  /** Lets in who holds a valid token; whose language is no longer offered hears the guide. @throws UbizoError `attendee_removed`. */
  admit(attendee: Attendee): Attendee {
    const { floorLanguage, languages } = this.stored;
    const language = languages.includes(attendee.language) ? attendee.language : floorLanguage;
    return this.attendance.admit({ ...attendee, language });
  }

  /** Takes someone off the tour for good, at once. @throws UbizoError `attendee_not_found`. */
  async remove(attendee: string): Promise<void> {
    const removed = this.attendance.remove(attendee);
    this.assume({ removed });
    this.emit({ type: 'removed', attendee });
    await this.unsaved.keep({ removed });
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
    this.tally.save();
    this.tellSummary();
  }

  /** How an attendee liked it. @throws UbizoError `attendee_not_found` for who has heard nothing of it; `tour_state`. */
  rate(attendee: string, stars: number): void {
    if (this.stored.startedAt === undefined)
      throw new UbizoError('tour_state', 'A tour that has not begun cannot be rated.');
    if (!this.attendance.hasCome(attendee))
      throw new UbizoError('attendee_not_found', 'Only who was on the tour can rate it.');
    this.tally.rate(attendee, stars);
    this.tellSummary();
  }

  /** The tour was deleted: whoever is there learns that it is over, and nothing is saved any more. */
  async close(): Promise<void> {
    if (this.stored.state !== 'ended') this.show({ state: 'ended' });
    this.unsaved.forget();
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
    this.booths.exchange();
  }

  /** A guide's desk has opened. @returns what to call when it closes. */
  watch(): () => void {
    return this.desks.watch();
  }

  /** Opens the microphone for who is about to speak into it, as a desk would. */
  wake(): void {
    if (this.stored.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    this.watch()();
  }

  view(): TourView {
    return visitorsView(this.stored, { channels: this.channels(), microphone: this.microphone.view() });
  }

  deskView(): Omit<TourDeskView, 'guide' | 'mine'> {
    return guidesView(this.stored, {
      joinUrl: this.options.joinUrl(this.stored.code),
      microphone: this.microphone.view(),
      channels: this.channels(),
      attendees: this.attendance.list(),
      spend: this.spend.view(),
      summary: this.summary(),
    });
  }

  /** What was spent has been saved. */
  spentKept(spent: Record<string, number>): void {
    this.assume({ spent });
  }

  private summary(): Summary | undefined {
    const { startedAt, endedAt } = this.stored;
    return startedAt === undefined ? undefined : this.tally.summary({ startedAt, endedAt });
  }

  private tellSummary(): void {
    const summary = this.summary();
    if (summary) this.emit({ type: 'tour-changed', changes: { summary } });
  }

  private channels(): ChannelDeskView[] {
    return this.booths.views(this.stored.languages);
  }

  private assume(changes: Partial<TourRecord>): void {
    this.stored = { ...this.stored, ...changes };
  }

  private show(changes: Partial<TourRecord>): void {
    this.assume(changes);
    this.settle();
    const { underlay: _, guide: __, tally: ___, spendCapUsd, ...shown } = changes;
    this.emit({ type: 'tour-changed', changes: { ...shown, microphone: this.microphone.view() } });
    if (spendCapUsd === undefined) return;
    this.spend.look();
    this.news.spent();
  }

  /** Puts the floor, the microphone and the booths into the state that the tour and its audience ask for. */
  private settle(): void {
    // Pages still close, and phones hang up, after a tour was stopped: it must not take its microphone again.
    if (!this.running) return;
    const { state, muted } = this.stored;
    this.parts.floor.open = state === 'live' && !muted;
    const needed = state === 'live' || state === 'paused' || (state === 'ready' && this.desks.open);
    if (needed) this.microphone.open({ live: state === 'live' });
    else this.microphone.close();
    this.booths.demand(
      (language) => state === 'live' && this.attendance.audience(language) > 0,
      (language) => state === 'live' && this.attendance.seeing(language) > 0,
    );
  }

  private attended(): void {
    if (!this.running) return;
    if (this.stored.state === 'live') this.tally.count(this.attendance.present);
    this.settle();
    this.news.attended();
  }

  private emit(event: TourEvent): void {
    for (const observer of this.observers) observer(event);
  }
}
