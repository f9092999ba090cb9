import type { Channel } from '../channel/channel.ts';
import type { Floor } from '../microphone/floor.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { TourPatch } from '../protocol/requests.ts';
import type { ChannelDeskView, MicrophoneView, TourDeskView, TourView } from '../protocol/views.ts';
import { Attendance, type Attendee } from './attendance.ts';
import { type BoothParts, Booths } from './booths.ts';
import { CaptionHistory } from './caption-history.ts';
import { ChannelNews } from './channel-news.ts';
import type { DeskMicrophone, LevelReading } from './desk-microphone.ts';
import { Desks } from './desks.ts';
import { differences, type TourRecord, visitorsLanguages } from './record.ts';
import type { TourEvent } from './tour-event.ts';

/** What a tour is made of; the composition root supplies it. */
export interface TourParts extends BoothParts {
  readonly floor: Floor;
  createMicrophone(
    id: string,
    output: {
      onState: (view: MicrophoneView) => void;
      onLevel: (reading: LevelReading) => void;
    },
  ): DeskMicrophone;
}

export interface TourOptions {
  readonly record: TourRecord;
  readonly joinUrl: (code: string) => string;
  /** Keeps the record; resolves when it is stored. */
  readonly save: (record: TourRecord) => Promise<void>;
  readonly parts: (tour: Tour) => TourParts;
}

const LAG_EVERY_MS = 1_000;
const COUNT_EVERY_MS = 200;

/** One tour: its microphone, its floor, a booth per language, and who attends. */
export class Tour {
  readonly attendance: Attendance;
  readonly captions = new CaptionHistory();
  private readonly options: TourOptions;
  private readonly parts: TourParts;
  private readonly microphone: DeskMicrophone;
  private readonly booths: Booths;
  private readonly news = new ChannelNews({ tell: (language) => this.showChannel(language) });
  private readonly desks = new Desks({ onChange: () => this.settle() });
  private readonly observers = new Set<(event: TourEvent) => void>();
  private stored: TourRecord;
  private running = false;
  private counting: NodeJS.Timeout | undefined;
  private lagClock: NodeJS.Timeout | undefined;

  constructor(options: TourOptions) {
    this.options = options;
    this.stored = options.record;
    this.attendance = new Attendance({ onChange: () => this.attended() });
    this.parts = options.parts(this);
    this.microphone = this.parts.createMicrophone(this.stored.microphone, {
      onState: (microphone) => this.emit({ type: 'microphone', microphone }),
      onLevel: (reading) => this.emit({ type: 'level', ...reading }),
    });
    this.booths = new Booths({
      parts: this.parts,
      floorLanguage: this.stored.floorLanguage,
      listeners: (language) => this.attendance.listeners(language),
      onChannel: (language) => this.news.changed(language),
      onCaption: (line) => {
        this.captions.add(line);
        this.emit({ type: 'caption', line });
      },
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
    this.lagClock = setInterval(() => this.showLag(), LAG_EVERY_MS);
    this.settle();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.desks.stop();
    clearTimeout(this.counting);
    clearInterval(this.lagClock);
    await Promise.allSettled([this.microphone.stop(), this.booths.stop()]);
    this.news.stop();
    this.emit({ type: 'stopped' });
  }

  /** `floor`, a visitor's language, or the floor's. @throws UbizoError `language_not_offered`. */
  channel(language: string): Channel {
    return this.booths.channel(language);
  }

  /** Lets in who holds a valid token; whose language is no longer offered hears the guide. */
  admit(attendee: Attendee): Attendee {
    const { floorLanguage, languages } = this.stored;
    const language = languages.includes(attendee.language) ? attendee.language : floorLanguage;
    return this.attendance.admit({ ...attendee, language });
  }

  async begin(): Promise<void> {
    this.expect('start', 'ready');
    this.microphone.rewind();
    await this.change({ state: 'live', startedAt: new Date().toISOString() });
  }

  async pause(): Promise<void> {
    this.expect('pause', 'live');
    await this.change({ state: 'paused' });
  }

  async resume(): Promise<void> {
    this.expect('resume', 'paused');
    await this.change({ state: 'live' });
  }

  async end(): Promise<void> {
    this.expect('end', 'ready', 'live', 'paused');
    const changed = this.change({ state: 'ended', endedAt: new Date().toISOString() });
    this.booths.release();
    await changed;
  }

  /** Push-to-talk comes and goes by the second: it is shown at once, and stored with the next change. */
  mute(muted: boolean): void {
    if (muted !== this.stored.muted) this.show({ muted });
  }

  /** @throws UbizoError `tour_state` when the floor's language is to change after the start. */
  async patch(patch: TourPatch): Promise<void> {
    const { stored } = this;
    if (patch.floorLanguage && patch.floorLanguage !== stored.floorLanguage && stored.state !== 'ready') {
      throw new UbizoError(
        'tour_state',
        'The language you speak can only be changed before the tour starts.',
      );
    }
    const floorLanguage = patch.floorLanguage ?? stored.floorLanguage;
    const languages = visitorsLanguages(patch.languages ?? stored.languages, floorLanguage);
    const changes = differences({ ...patch, floorLanguage, languages }, stored);
    // All at once, or a change that comes while an interpreter says its last words would undo this one.
    const closed = changes.floorLanguage
      ? this.respeak(floorLanguage, languages)
      : this.relanguage(languages);
    if (patch.microphone !== undefined) this.microphone.choose(patch.microphone);
    await Promise.all([this.change(changes), closed]);
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
    const { id, code, name, state, muted, floorLanguage, languages } = this.stored;
    const channels = this.channels().map(({ language, state: heard, lagMs, rough }) => ({
      language,
      state: heard,
      lagMs,
      rough,
    }));
    return { id, code, name, state, muted, floorLanguage, languages, channels };
  }

  deskView(): TourDeskView {
    const { code, createdAt, startedAt, endedAt } = this.stored;
    return {
      ...this.view(),
      joinUrl: this.options.joinUrl(code),
      createdAt,
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      microphone: this.microphone.view(),
      channels: this.channels(),
    };
  }

  private channels(): ChannelDeskView[] {
    return this.booths.views(this.stored.languages);
  }

  private async relanguage(languages: readonly string[]): Promise<void> {
    const closing = this.booths.languages.filter((language) => !languages.includes(language));
    this.move(
      closing.flatMap((language) => this.attendance.in(language)),
      languages,
    );
    await this.booths.keep(languages);
  }

  /** Before the start only. */
  private async respeak(floorLanguage: string, languages: readonly string[]): Promise<void> {
    this.stored = { ...this.stored, floorLanguage, languages: [...languages] };
    const respoken = this.booths.respeak(floorLanguage, languages);
    this.move(this.attendance.all(), languages);
    await respoken;
  }

  /** Whoever's language is not offered any more hears the guide. */
  private move(attendees: readonly Attendee[], languages: readonly string[]): void {
    if (attendees.length === 0) return;
    for (const { id, language } of attendees)
      if (!languages.includes(language)) this.attendance.choose(id, this.stored.floorLanguage);
    this.emit({ type: 'moved', attendees: new Map(attendees.map((each) => [each.id, each])) });
  }

  private async change(changes: Partial<TourRecord>): Promise<void> {
    this.show(changes);
    await this.options.save(this.stored);
  }

  private show(changes: Partial<TourRecord>): void {
    this.stored = { ...this.stored, ...changes };
    this.settle();
    const { underlay: _, ...shown } = changes;
    this.emit({
      type: 'tour-changed',
      changes: { ...shown, microphone: this.microphone.view() },
    });
  }

  /** Puts the floor, the microphone and the booths into the state that the tour and its audience ask for. */
  private settle(): void {
    // Pages still close, and phones hang up, after a tour was stopped: it must not take its microphone again.
    if (!this.running) return;
    const { state, muted } = this.stored;
    this.parts.floor.open = state === 'live' && !muted;
    const needed = state === 'live' || state === 'paused' || (state === 'ready' && this.desks.open);
    if (needed) this.microphone.open();
    else this.microphone.close();
    this.booths.demand((language) => state === 'live' && this.attendance.audience(language) > 0);
  }

  private attended(): void {
    if (!this.running) return;
    this.settle();
    // A busload joins within seconds: the desk is told a few times a second, not once a phone.
    this.counting ??= setTimeout(() => {
      this.counting = undefined;
      for (const { language } of this.channels()) this.news.changed(language);
    }, COUNT_EVERY_MS);
  }

  private showChannel(language: string): void {
    const channel = this.booths.view(language);
    if (channel) this.emit({ type: 'channel', channel });
  }

  private showLag(): void {
    if (this.stored.state !== 'live') return;
    for (const language of this.booths.live) this.news.changed(language);
  }

  private expect(action: string, ...states: TourRecord['state'][]): void {
    if (states.includes(this.stored.state)) return;
    throw new UbizoError('tour_state', `A tour that is ${this.stored.state} cannot ${action}.`);
  }

  private emit(event: TourEvent): void {
    for (const observer of this.observers) observer(event);
  }
}
