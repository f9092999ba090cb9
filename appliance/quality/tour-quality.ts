import { Listener, type ListenerQuality } from '../listener/listener.ts';
import type { Listeners } from '../listener/listeners.ts';
import type { QualityClass, StatsReport } from '../protocol/quality.ts';
import type { ChannelQuality, PhoneQuality, QualityNow, QualityView } from '../protocol/quality-view.ts';
import type { Stream, Streams } from '../stream/streams.ts';
import type { Tour } from '../tour/tour.ts';
import { ChannelLevels } from './channel-levels.ts';
import { distributionOf, suffers, togetherOf, worstOf } from './distribution.ts';
import type { Judged } from './heard.ts';
import { Hearing } from './hearing.ts';
import { History } from './history.ts';
import { median, roundedShare } from './score.ts';

export interface TourQualityOptions {
  readonly tour: Tour;
  readonly listeners: Pick<Listeners, 'of'>;
  /** Who hear by another way. */
  readonly streams: Pick<Streams, 'of'>;
  /** Ms since the epoch. */
  readonly date?: () => number;
}

const LOOK_MS = 5_000;
/** An older verdict says nothing of now: a sparing page sends every 15 s. */
const FRESH_MS = 20_000;
const HOUR_MS = 3_600_000;

interface Heard {
  readonly hearing: Hearing;
  /** The latest receiver report that was looked at. */
  report: ListenerQuality | undefined;
}

/** How the phones of one tour hear, and what is done about it. */
export class TourQuality {
  private readonly options: TourQualityOptions;
  private readonly date: () => number;
  private readonly byAttendee = new Map<string, Heard>();
  private readonly levels: ChannelLevels;
  private readonly history = new History();
  private readonly observers = new Set<(now: QualityNow) => void>();
  private told = '';
  private clock: NodeJS.Timeout | undefined;

  constructor(options: TourQualityOptions) {
    this.options = options;
    this.date = options.date ?? Date.now;
    this.levels = new ChannelLevels({
      tour: options.tour,
      samples: (language) => this.samples(language),
    });
  }

  start(): void {
    this.clock = setInterval(() => this.look(), LOOK_MS);
  }

  stop(): void {
    clearInterval(this.clock);
  }

  /** Called when what the guide sees of it has changed. */
  subscribe(observer: (now: QualityNow) => void): () => void {
    this.observers.add(observer);
    return () => {
      this.observers.delete(observer);
    };
  }

  /** What a page has measured. Counts only for who listens. @returns the class, if there is a new verdict */
  take(attendee: string, report: StatsReport): QualityClass | undefined {
    const sound = this.soundOf(attendee);
    if (!sound) return undefined;
    const heard = this.of(attendee);
    if (!heard.hearing.take(report, sentTo(sound), performance.now())) return undefined;
    this.adapt(heard, sound);
    return heard.hearing.class;
  }

  /** Something has changed about a connection. */
  heed(listener: Listener): void {
    if (this.soundOf(listener.attendee) !== listener) return;
    const heard = this.of(listener.attendee);
    // A connection that has taken another's place begins where that had got to.
    this.adapt(heard, listener);
    const { quality: report } = listener;
    if (report === heard.report || report.quality === 'unknown') return;
    heard.report = report;
    if (heard.hearing.takeReport(report, sentTo(listener), performance.now())) this.adapt(heard, listener);
  }

  get now(): QualityNow {
    const phones = this.phones();
    const recent = phones.filter(({ id }) => this.isFresh(this.byAttendee.get(id)));
    const medianScore = median(phones.map(({ score }) => score));
    const together = togetherOf(recent.filter((phone) => suffers(phone.class)).length, recent.length);
    return {
      distribution: distributionOf(phones.map((phone) => phone.class)),
      ...(medianScore !== undefined && { medianScore }),
      worst: worstOf(phones),
      ...(together && { together }),
      channels: this.channels(),
    };
  }

  get view(): QualityView {
    return { ...this.now, history: this.history.since(this.date() - HOUR_MS) };
  }

  /** Everybody of whom there is a verdict. */
  phones(): PhoneQuality[] {
    const { attendance } = this.options.tour;
    return [...this.byAttendee].flatMap(([id, { hearing }]) => {
      const sound = this.soundOf(id);
      if (!sound) return [];
      const { score, class: quality, last, by, sparing, repetition } = hearing;
      if (score === undefined || quality === undefined || !last) return [];
      const name = attendance.get(id)?.name;
      return {
        id,
        ...(name !== undefined && { name }),
        language: sound.language ?? '',
        class: quality,
        score: Math.round(score),
        by,
        heardLoss: roundedShare(last.heardLoss),
        distance: sound.distance ?? 0,
        reason: sound.distance === undefined ? 'unsupported' : repetition.reason,
        ...(sparing && { sparing }),
      } satisfies PhoneQuality;
    });
  }

  channels(): ChannelQuality[] {
    return this.levels.views();
  }

  private look(): void {
    for (const attendee of this.byAttendee.keys())
      if (!this.soundOf(attendee) && !this.options.tour.attendance.get(attendee))
        this.byAttendee.delete(attendee);
    this.levels.look(performance.now());
    this.remember();
    if (this.observers.size > 0) this.tell();
  }

  private remember(): void {
    const fresh = [...this.byAttendee]
      .filter(([id, heard]) => this.isFresh(heard) && this.soundOf(id))
      .map(([, heard]) => heard);
    const medianScore = median(fresh.map(({ hearing }) => hearing.score ?? 0));
    if (medianScore === undefined) return;
    this.history.add({
      at: this.date(),
      medianScore: Math.round(medianScore),
      heardLoss: roundedShare(median(fresh.map(({ hearing }) => hearing.last?.heardLoss ?? 0)) ?? 0),
      distribution: distributionOf(fresh.flatMap(({ hearing }) => hearing.class ?? [])),
    });
  }

  private tell(): void {
    const { now } = this;
    const text = JSON.stringify(now);
    if (text === this.told) return;
    this.told = text;
    for (const observer of this.observers) observer(now);
  }

  /** What is known of an attendee; it goes on over all their connections and ways, while the tour knows them. */
  private of(attendee: string): Heard {
    const heard = this.byAttendee.get(attendee) ?? { hearing: new Hearing(), report: undefined };
    this.byAttendee.set(attendee, heard);
    return heard;
  }

  /** By what they are sent sound; nothing while they are not. */
  private soundOf(attendee: string): Listener | Stream | undefined {
    const listener = this.options.listeners.of(attendee);
    return this.options.streams.of(attendee) ?? (listener?.waiting ? undefined : listener);
  }

  private adapt({ hearing }: Heard, sound: Listener | Stream): void {
    if (sound instanceof Listener && sound.distance !== undefined)
      sound.distance = hearing.repetition.distance;
  }

  /** Of those whose packets may be lost: that is what a channel's level can mend. */
  private samples(language: string): Judged[] {
    return [...this.byAttendee].flatMap(([id, heard]) => {
      const { last } = heard.hearing;
      const sound = last && this.isFresh(heard) ? this.soundOf(id) : undefined;
      return last && sound instanceof Listener && sound.language === language ? last : [];
    });
  }

  private isFresh(heard: Heard | undefined): boolean {
    return heard !== undefined && performance.now() - heard.hearing.judgedAt < FRESH_MS;
  }
}

function sentTo(sound: Listener | Stream): Parameters<Hearing['take']>[1] {
  return {
    way: sound instanceof Listener ? 'packets' : 'tcp',
    takesRedundancy: sound.distance !== undefined,
    sounded: (from, to) => sound.sounded(from, to),
  };
}
