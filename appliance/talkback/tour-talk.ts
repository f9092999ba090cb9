import { Holder, type Turn, type TurnEnd } from '../floor/holder.ts';
import type { OpenPeer } from '../microphone/phone.ts';
import { USUAL_ASKING } from '../protocol/asking.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { TalksTo } from '../protocol/talk.ts';
import type { Tour } from '../tour/tour.ts';
import { RequestPace } from './request-pace.ts';
import { type TalkState, talkState } from './talk-state.ts';
import { VisitorVoices } from './visitor-voices.ts';

/** Nothing has come from who speaks for this long: they are gone, ms. */
const GONE_MS = 1_500;
/** Who is given the floor connects their microphone now, and may be asked first whether they allow it, ms. */
const CONNECT_MS = 10_000;
const LOOK_MS = 250;

/** 20 ms of who has the floor. Read during the call only; the object is used again. */
export interface TalkFrame {
  /** 480, mono, 24 kHz. */
  readonly samples: Int16Array;
  /** ms of `performance.now()`. */
  readonly capturedAt: number;
  readonly attendee: string;
  readonly to: TalksTo;
}

export interface TourTalkOptions {
  readonly tour: Tour;
  readonly openPeer: OpenPeer;
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Whether the box can turn this language into the guide's. */
  readonly interprets: (from: string, to: string) => boolean;
  /** @throws UbizoError why this visitor may not ask at all. */
  readonly expectWelcome?: (tour: Tour, attendee: string) => void;
  readonly onDropped: () => void;
  readonly onEnd: (turn: Turn, end: TurnEnd) => void;
}

/** Who of a tour's visitors speaks: asked for over their page's socket, heard over WebRTC, granted here and nowhere else. */
export class TourTalk {
  readonly tour: Tour;
  readonly voices: VisitorVoices;
  private readonly options: TourTalkOptions;
  private readonly holder: Holder;
  private readonly pace = new RequestPace();
  private readonly hearers = new Set<(frame: TalkFrame) => void>();
  private readonly observers = new Set<(state: TalkState) => void>();
  /** By visitor: how many pages of theirs are open. */
  private readonly pages = new Map<string, number>();
  private readonly frame: { samples: Int16Array; capturedAt: number; attendee: string; to: TalksTo };
  private grantedAt = 0;
  private isReading = false;
  private looking: NodeJS.Timeout | undefined;

  constructor(options: TourTalkOptions) {
    this.options = options;
    this.tour = options.tour;
    this.frame = { samples: new Int16Array(0), capturedAt: 0, attendee: '', to: 'guide' };
    this.holder = new Holder({
      now: () => performance.now(),
      onChange: () => this.changed(),
      onEnd: options.onEnd,
    });
    this.voices = new VisitorVoices({
      openPeer: options.openPeer,
      holds: (attendee) => this.holder.current?.attendee === attendee,
      onFrame: (attendee, samples, capturedAt) => this.hear(attendee, samples, capturedAt),
      onDropped: options.onDropped,
      onGone: (attendee) => this.lose(attendee),
    });
  }

  get state(): TalkState {
    const { holder, tour, options } = this;
    const lag = options.now() - performance.now();
    return talkState({
      turn: holder.current,
      queue: holder.queue,
      voice: holder.current?.to === 'all' ? 'visitor' : this.isReading ? 'reading' : 'guide',
      visitor: (attendee) => tour.attendance.get(attendee) ?? { language: tour.record.floorLanguage },
      interpreted: (language) => {
        const { floorLanguage } = tour.record;
        return language === floorLanguage || options.interprets(language, floorLanguage);
      },
      epoch: (at) => Math.round(lag + at),
    });
  }

  /** Every frame of who has the floor. `listener` must not throw. @returns what to call to hear no more. */
  subscribe(listener: (frame: TalkFrame) => void): () => void {
    this.hearers.add(listener);
    return () => void this.hearers.delete(listener);
  }

  /** Told at each change. @returns what to call to hear no more of it. */
  subscribeState(listener: (state: TalkState) => void): () => void {
    this.observers.add(listener);
    return () => void this.observers.delete(listener);
  }

  /** A page of theirs is open. @returns what to call when it has closed; with the last one they have left the floor. */
  come(attendee: string): () => void {
    this.pages.set(attendee, (this.pages.get(attendee) ?? 0) + 1);
    return () => {
      const left = (this.pages.get(attendee) ?? 1) - 1;
      if (left > 0) this.pages.set(attendee, left);
      else {
        this.pages.delete(attendee);
        this.lose(attendee);
      }
    };
  }

  /** @throws UbizoError `voice_off`, `tour_state`, `attendee_removed`, `too_many_attempts`, `box_busy`. */
  request(attendee: string, to: TalksTo): void {
    this.expectMay(attendee);
    this.pace.take(attendee);
    this.holder.request(attendee, to);
  }

  release(attendee: string): void {
    this.holder.release(attendee);
  }

  /** The guide lets all hear them. @throws UbizoError `attendee_not_found`, `tour_state`. */
  grant(attendee?: string): void {
    this.expectLive();
    this.holder.grant(attendee);
  }

  refuse(attendee?: string): void {
    this.holder.refuse(attendee);
  }

  /** The guide speaks again. */
  takeBack(): void {
    this.holder.takeBack('taken-back');
  }

  /** A text is read to all, or no longer. */
  reads(reading: boolean): void {
    if (reading === this.isReading) return;
    this.isReading = reading;
    this.changed();
  }

  /** Whether a visitor may speak here at all. @throws UbizoError `voice_off`, `tour_over`, `tour_state`, `attendee_removed`. */
  expectMay(attendee: string): void {
    const { tour } = this;
    tour.attendance.expectWelcome(attendee);
    const { asking = USUAL_ASKING } = tour.record;
    if (!asking.voice || asking.to === 'off')
      throw new UbizoError('voice_off', 'Your guide takes no questions by voice just now.');
    this.expectLive();
    this.options.expectWelcome?.(tour, attendee);
  }

  /** The tour has changed: what it no longer allows is over. */
  look(): void {
    const { state, asking = USUAL_ASKING } = this.tour.record;
    if (state === 'live' && asking.voice && asking.to !== 'off') return;
    this.holder.clear();
    if (state === 'ended') this.voices.closeAll();
  }

  /** The guide has taken them off the tour. */
  remove(attendee: string): void {
    this.lose(attendee);
    this.voices.close(attendee);
    this.pace.forget(attendee);
  }

  stop(): void {
    this.holder.clear();
    this.voices.closeAll();
    clearInterval(this.looking);
    this.looking = undefined;
  }

  private expectLive(): void {
    const { state } = this.tour.record;
    if (state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
    if (state !== 'live')
      throw new UbizoError('tour_state', 'Visitors can speak while the tour is live. It is not just now.');
  }

  private lose(attendee: string): void {
    this.holder.release(attendee, 'lost');
  }

  private hear(attendee: string, samples: Int16Array, capturedAt: number): void {
    const turn = this.holder.current;
    if (!turn) return;
    const { frame } = this;
    frame.samples = samples;
    frame.capturedAt = capturedAt;
    frame.attendee = attendee;
    frame.to = turn.to;
    for (const hear of this.hearers) hear(frame);
  }

  private changed(): void {
    const { current } = this.holder;
    if (current && !this.looking) {
      this.grantedAt = performance.now();
      this.looking = setInterval(() => this.watch(), LOOK_MS);
    } else if (!current) {
      clearInterval(this.looking);
      this.looking = undefined;
    }
    const { state } = this;
    for (const observer of this.observers) observer(state);
  }

  /** Their time is over, or nothing has come from them for too long. */
  private watch(): void {
    this.holder.expire();
    const turn = this.holder.current;
    if (!turn) return;
    const now = performance.now();
    const heardAt = this.voices.of(turn.attendee)?.packetAt ?? -Infinity;
    const silentFor = now - Math.max(heardAt, this.grantedAt);
    if (silentFor > (heardAt < this.grantedAt ? CONNECT_MS : GONE_MS)) this.lose(turn.attendee);
  }
}
