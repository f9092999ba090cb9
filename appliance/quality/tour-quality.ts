import type { Listener, ListenerQuality } from '../listener/listener.ts';
import type { Listeners } from '../listener/listeners.ts';
import type { QualityClass, StatsReport } from '../protocol/quality.ts';
import type { ChannelQuality, PhoneQuality, QualityNow, QualityView } from '../protocol/quality-view.ts';
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
  /** Ms since the epoch. */
  readonly date?: () => number;
}

const LOOK_MS = 5_000;
/** An older verdict says nothing of now: a sparing page sends every 15 s. */
const FRESH_MS = 20_000;
const HOUR_MS = 3_600_000;

interface Heard {
  readonly hearing: Hearing;
  /** The connection that it is of, and its latest receiver report. */
  listener: Listener;
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
    const heard = this.of(attendee);
    if (!heard?.hearing.take(report, sentTo(heard.listener), performance.now())) return undefined;
    this.adapt(heard);
    return heard.hearing.class;
  }

  /** Something has changed about a connection. */
  heed(listener: Listener): void {
    const heard = this.of(listener.attendee);
    const { quality: report } = listener;
    if (heard?.listener !== listener || report === heard.report || report.quality === 'unknown') return;
    heard.report = report;
    if (heard.hearing.takeReport(report, sentTo(listener), performance.now())) this.adapt(heard);
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
    return [...this.byAttendee].flatMap(([id, { hearing, listener }]) => {
      if (!this.isThere(id)) return [];
      const { score, class: quality, last, by, sparing, repetition } = hearing;
      if (score === undefined || quality === undefined || !last) return [];
      const name = attendance.get(id)?.name;
      return {
        id,
        ...(name !== undefined && { name }),
        language: listener.language ?? '',
        class: quality,
        score: Math.round(score),
        by,
        heardLoss: roundedShare(last.heardLoss),
        distance: listener.distance ?? 0,
        reason: listener.distance === undefined ? 'unsupported' : repetition.reason,
        ...(sparing && { sparing }),
      } satisfies PhoneQuality;
    });
  }

  channels(): ChannelQuality[] {
    return this.levels.views();
  }

  private look(): void {
    for (const attendee of this.byAttendee.keys())
      if (!this.isThere(attendee)) this.byAttendee.delete(attendee);
    this.levels.look(performance.now());
    this.remember();
    if (this.observers.size > 0) this.tell();
  }

  private remember(): void {
    const fresh = [...this.byAttendee.values()].filter((heard) => this.isFresh(heard));
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

  private of(attendee: string): Heard | undefined {
    const listener = this.options.listeners.of(attendee);
    if (!listener || listener.waiting) return undefined;
    const known = this.byAttendee.get(attendee);
    // Who has connected anew begins anew.
    if (known?.listener === listener) return known;
    const heard = { hearing: new Hearing(), listener, report: undefined };
    this.byAttendee.set(attendee, heard);
    return heard;
  }

  private adapt({ hearing, listener }: Heard): void {
    if (listener.distance !== undefined) listener.distance = hearing.repetition.distance;
  }

  private samples(language: string): Judged[] {
    return [...this.byAttendee.values()].flatMap((heard) => {
      const { last } = heard.hearing;
      return last && heard.listener.language === language && this.isFresh(heard) ? last : [];
    });
  }

  private isThere(attendee: string): boolean {
    return this.options.listeners.of(attendee) === this.byAttendee.get(attendee)?.listener;
  }

  private isFresh(heard: Heard | undefined): boolean {
    return heard !== undefined && performance.now() - heard.hearing.judgedAt < FRESH_MS;
  }
}

function sentTo(listener: Listener): Parameters<Hearing['take']>[1] {
  return {
    takesRedundancy: listener.distance !== undefined,
    sounded: (from, to) => listener.sounded(from, to),
  };
}
