import { Holder, type Turn, type TurnEnd } from './holder.ts';
import { UbizoError } from '../protocol/errors.ts';
import { primarySubtag } from '../protocol/languages.ts';
import type { TalksTo } from '../protocol/talk.ts';
import type { Tour } from '../tour/tour.ts';
import { FloorTurn, type FloorTurnOptions } from './floor-turn.ts';
import { RequestPace } from './request-pace.ts';
import { type ExpectMayAsk, TalkRules } from './talk-rules.ts';
import { type TalkState, talkState } from './talk-state.ts';
import { TurnWatch } from './turn-watch.ts';
import { VisitorVoices, type VisitorVoicesOptions } from './visitor-voices.ts';

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
  readonly floor: FloorTurnOptions['floor'];
  readonly hush: FloorTurnOptions['hush'];
  readonly createVoice: VisitorVoicesOptions['createVoice'];
  readonly createBuffer: FloorTurnOptions['createBuffer'];
  /** Ms since the epoch. */
  readonly now: () => number;
  /** Whether the box can turn this language into the guide's, as it is now. */
  readonly interprets: (tour: Tour, from: string) => boolean;
  readonly expectMayAsk?: ExpectMayAsk;
  readonly onDropped: () => void;
  readonly onEnd: (turn: Turn, end: TurnEnd) => void;
}

/** Who of a tour's visitors speaks: asked for over their page's socket, heard over WebRTC, granted here and nowhere else. */
export class TourTalk {
  readonly tour: Tour;
  readonly rules: TalkRules;
  readonly voices: VisitorVoices;
  private readonly options: TourTalkOptions;
  private readonly holder: Holder;
  private readonly floorTurn: FloorTurn;
  private readonly watch: TurnWatch;
  private readonly pace = new RequestPace();
  private readonly hearers = new Set<(frame: TalkFrame) => void>();
  private readonly observers = new Set<(state: TalkState) => void>();
  /** By visitor: how many pages of theirs are open. */
  private readonly pages = new Map<string, number>();
  private readonly frame: { samples: Int16Array; capturedAt: number; attendee: string; to: TalksTo };
  private watched: Turn | undefined;
  private isReading = false;

  constructor(options: TourTalkOptions) {
    this.options = options;
    this.tour = options.tour;
    this.rules = new TalkRules(options);
    this.frame = { samples: new Int16Array(0), capturedAt: 0, attendee: '', to: 'guide' };
    this.holder = new Holder({
      now: () => performance.now(),
      onChange: () => this.changed(),
      onEnd: options.onEnd,
    });
    this.floorTurn = new FloorTurn({
      floor: options.floor,
      hush: options.hush,
      createBuffer: options.createBuffer,
      bargesIn: () => this.rules.asking.guideBargesIn,
      onBargeIn: () => this.holder.takeBack('barged-in'),
    });
    this.watch = new TurnWatch({
      packetAt: () => this.voices.of(this.holder.current?.attendee ?? '')?.packetAt ?? -Infinity,
      onLook: () => this.holder.expire(),
      onGone: () => this.holder.takeBack('lost'),
    });
    this.voices = new VisitorVoices({
      createVoice: options.createVoice,
      holds: (attendee) => this.holder.current?.attendee === attendee,
      // On the floor of all it would be a second late.
      fromBefore: () => this.holder.current?.to === 'guide',
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
      interpreted: (language) => this.isInterpreted(language),
      epoch: (at) => Math.round(lag + at),
    });
  }

  /** Whether the guide can be given words of this language in their own, as it is now. */
  isInterpreted(language: string): boolean {
    const same = primarySubtag(language) === primarySubtag(this.tour.record.floorLanguage);
    return same || this.options.interprets(this.tour, language);
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
    this.rules.expectMay(attendee);
    if (this.voices.isTapped(attendee))
      throw new UbizoError('tour_state', 'You are speaking with your guide in private. Hang up first.');
    this.pace.take(attendee);
    this.holder.request(attendee, to);
  }

  release(attendee: string): void {
    this.holder.release(attendee);
  }

  /** The guide lets all hear them. @throws UbizoError `attendee_not_found`, `tour_state`. */
  grant(attendee?: string): void {
    this.rules.expectLive();
    this.holder.grant(attendee);
  }

  refuse(attendee?: string): void {
    this.holder.refuse(attendee);
  }

  /** The guide speaks again. @throws UbizoError `floor_not_yours`: by now another one has it than who is named, or nobody. */
  takeBack(attendee?: string): void {
    if (attendee !== undefined && this.holder.current?.attendee !== attendee)
      throw new UbizoError('floor_not_yours', 'This visitor no longer has the floor.');
    this.holder.takeBack('taken-back');
  }

  /** A text is read to all, or no longer. */
  reads(reading: boolean): void {
    if (reading === this.isReading) return;
    this.isReading = reading;
    this.changed();
  }

  /** The tour has changed: what it no longer allows is over. */
  look(): void {
    if (!this.rules.open) this.holder.clear();
    if (this.tour.record.state === 'ended') this.voices.closeAll();
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
    this.floorTurn.stop();
    this.watch.stop();
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
    if (turn.to === 'all') this.floorTurn.hear(samples);
    for (const hear of this.hearers) hear(frame);
  }

  private changed(): void {
    const { current } = this.holder;
    if (current !== this.watched) {
      this.watched = current;
      if (current) this.watch.start();
      else this.watch.stop();
      this.floorTurn.set(current?.to === 'all' ? current.attendee : undefined);
    }
    const { state } = this;
    for (const observer of this.observers) observer(state);
  }
}
