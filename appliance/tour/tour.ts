import type { Channel } from '../channel/channel.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import type { ChannelDeskView, SpendView, TourDeskView, TourView } from '../protocol/views.ts';
import { Attendance, type Attendee } from './attendance.ts';
import { Booths } from './booths.ts';
import { CaptionHistory } from './caption-history.ts';
import type { DeskMicrophone } from './desk-microphone.ts';
import { Desks } from './desks.ts';
import { Offer } from './offer.ts';
import { changesOf, type TourRecord } from './record.ts';
import { Spend } from './spend.ts';
import type { TourEvent } from './tour-event.ts';
import { TourNews } from './tour-news.ts';
import type { TourOptions, TourParts } from './tour-options.ts';
import { guidesView, visitorsView } from './tour-views.ts';
import { Turns } from './turns.ts';
import { UnsavedChanges } from './unsaved-changes.ts';

/** Push-to-talk comes and goes by the second; a box that loses its power may be this much behind, ms. */
const SAVE_MUTED_MS = 1_000;

/** One tour: its microphone, its floor, a booth per language, and who attends. */
export class Tour {
  readonly attendance: Attendance;
  readonly captions = new CaptionHistory();
  readonly spend: Spend;
  private readonly options: TourOptions;
  private readonly parts: TourParts;
  private readonly microphone: DeskMicrophone;
  private readonly booths: Booths;
  private readonly offer: Offer;
  private readonly news: TourNews;
  private readonly desks = new Desks({ onChange: () => this.settle() });
  private readonly unsaved: UnsavedChanges;
  private readonly patches = new Turns();
  private readonly observers = new Set<(event: TourEvent) => void>();
  private stored: TourRecord;
  private running = false;

  constructor(options: TourOptions) {
    this.options = options;
    this.stored = options.record;
    this.unsaved = new UnsavedChanges({ save: options.save });
    this.attendance = new Attendance({ removed: this.stored.removed, onChange: () => this.attended() });
    this.spend = new Spend({
      spent: this.stored.spent,
      capUsd: () => this.stored.spendCapUsd ?? options.boxCapUsd(),
      onState: () => {
        this.booths.exchange();
        this.news.spent();
      },
    });
    this.news = new TourNews({
      attendance: this.attendance,
      channel: (language) => this.booths.view(language),
      languages: () => this.channels().map(({ language }) => language),
      interpreted: () => (this.stored.state === 'live' ? this.booths.live : []),
      spend: this.spend,
      spendView: () => this.spendView(),
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
      onChannel: (language) => this.news.channelChanged(language),
      onCaption: (line) => {
        this.captions.add(line);
        this.emit({ type: 'caption', line });
      },
      onSpent: (language, usd) => this.spend.add(language, usd),
    });
    this.offer = new Offer({
      attendance: this.attendance,
      booths: this.booths,
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
    this.stored = { ...this.stored, removed };
    this.emit({ type: 'removed', attendee });
    await this.unsaved.keep({ removed });
  }

  /** @throws UbizoError `tour_state`; `microphone_busy`, and likewise to resume: another tour is live with it. */
  async begin(): Promise<void> {
    this.expect('start', 'ready');
    this.microphone.expectFree();
    this.microphone.rewind();
    await this.change({ state: 'live', startedAt: new Date().toISOString() });
  }

  async pause(): Promise<void> {
    this.expect('pause', 'live');
    await this.change({ state: 'paused' });
  }

  async resume(): Promise<void> {
    this.expect('resume', 'paused');
    this.microphone.expectFree();
    await this.change({ state: 'live' });
  }

  async end(): Promise<void> {
    this.expect('end', 'ready', 'live', 'paused');
    const changed = this.change({ state: 'ended', endedAt: new Date().toISOString() });
    this.booths.release();
    await changed;
  }

  /** The tour was deleted: whoever is there learns that it is over, and nothing is saved any more. */
  async close(): Promise<void> {
    if (this.stored.state !== 'ended') this.show({ state: 'ended' });
    this.unsaved.forget();
    await this.stop();
  }

  mute(muted: boolean): void {
    if (muted === this.stored.muted) return;
    this.show({ muted });
    this.unsaved.keepSoon({ muted }, SAVE_MUTED_MS);
  }

  /**
   * One after the other: each is worked out from what the one before it has left.
   * @throws UbizoError `tour_state` when the floor's language is to change after the start; `storage_failed`: then
   * nothing was changed.
   */
  async patch(patch: TourPatch): Promise<void> {
    const { done } = await this.patches.take(() => this.apply(patch));
    await done;
  }

  /** Another interpreter engine may be due. */
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
    return visitorsView(this.stored, this.channels());
  }

  deskView(): Omit<TourDeskView, 'guide' | 'mine'> {
    return guidesView(this.stored, {
      joinUrl: this.options.joinUrl(this.stored.code),
      microphone: this.microphone.view(),
      channels: this.channels(),
      attendees: this.attendance.list(),
      spend: this.spendView(),
    });
  }

  /** What was spent has been saved. */
  spentKept(spent: Record<string, number>): void {
    this.stored = { ...this.stored, spent };
  }

  private spendView(): SpendView {
    return this.spend.view(this.stored.languages, (language) => this.attendance.listeners(language));
  }

  private channels(): ChannelDeskView[] {
    return this.booths.views(this.stored.languages);
  }

  /** @returns what need not be waited for by the next change: interpreters say their last words. */
  private async apply(patch: TourPatch): Promise<{ done: Promise<unknown> }> {
    const changes = changesOf(patch, this.stored);
    const { microphone, muted: _, ...others } = changes;
    if (this.stored.state === 'live' && microphone !== undefined) this.microphone.expectFree(microphone);
    // What the voice needs does not wait for the disk; everything else is not changed before it is saved.
    const urgent = Object.keys(others).length === 0;
    if (!urgent) await this.unsaved.put(changes);
    // All at once, or a change that comes while an interpreter says its last words would undo this one.
    const { floorLanguage, languages = this.stored.languages } = changes;
    if (floorLanguage !== undefined) this.stored = { ...this.stored, floorLanguage, languages };
    const closed = floorLanguage
      ? this.offer.respeak(floorLanguage, languages)
      : this.offer.change(languages, this.stored.floorLanguage);
    if (microphone !== undefined) this.microphone.choose(microphone);
    this.show(changes);
    return { done: Promise.all([closed, urgent && this.unsaved.keep(changes)]) };
  }

  /** In effect at once. */
  private async change(changes: Partial<TourRecord>): Promise<void> {
    this.show(changes);
    await this.unsaved.keep(changes);
  }

  private show(changes: Partial<TourRecord>): void {
    this.stored = { ...this.stored, ...changes };
    this.settle();
    const { underlay: _, guide: __, spendCapUsd, ...shown } = changes;
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
    this.booths.demand((language) => state === 'live' && this.attendance.audience(language) > 0);
  }

  private attended(): void {
    if (!this.running) return;
    this.settle();
    this.news.attended();
  }

  private expect(action: string, ...states: TourRecord['state'][]): void {
    if (states.includes(this.stored.state)) return;
    throw new UbizoError('tour_state', `A tour that is ${this.stored.state} cannot ${action}.`);
  }

  private emit(event: TourEvent): void {
    for (const observer of this.observers) observer(event);
  }
}
