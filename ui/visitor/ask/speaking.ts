import type { ReactiveControllerHost } from 'lit';
import type { ErrorCode } from '../../../appliance/protocol/errors.ts';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import type { FloorVoice, TalksTo } from '../../../appliance/protocol/talk.ts';
import type { EventOf, EventSource } from '../../link/handlers.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';
import { Countdown } from '../voice/countdown.ts';
import type { OwnVoice } from '../voice/own-voice.ts';
import { VoiceActivity } from '../voice/voice-activity.ts';
import { VoiceLevel } from '../voice/voice-level.ts';

/** For so long one may speak, ms. */
const LONGEST_MS = 30_000;
/** What was said last is still on its way when a finger is lifted, ms. */
const LAST_WORD_MS = 250;
/** The box says at once what it makes of a wish to speak; after so long it has not heard it, ms. */
const ANSWER_MS = 5_000;
/** A tour that all heard the asker on comes back to them so long after: their own voice, late, would make them stutter. */
const BACK_MS = 1_500;

/**
 * - `opening`: the phone is asked for its microphone. `asked`: the box knows, and has not answered.
 * - `waiting`: `place` in the queue. `speaking`: they are heard.
 */
export type SpeakingState =
  | { readonly is: 'idle'; readonly ended?: SpeakingEnd }
  | { readonly is: 'opening' | 'asked' | 'speaking'; readonly to: TalksTo }
  | { readonly is: 'waiting'; readonly to: TalksTo; readonly place: number | undefined };

/** - `done`: by who spoke. `silent`: nothing was said. `taken-back`: the guide speaks. `refused`: not now. `lost`: a connection. */
export type SpeakingEnd = 'done' | 'silent' | 'time' | 'taken-back' | 'refused' | 'lost' | 'no-voice';

const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'voice_off',
  'floor_not_yours',
  'asker_blocked',
  'tour_state',
  'too_many_attempts',
  'box_busy',
]);

export interface SpeakingParts {
  readonly events: EventSource<AttendeeEvent>;
  readonly socket: AttendeeSocket;
  readonly voice: OwnVoice;
  /** What plays the tour here. */
  readonly sound: HTMLMediaElement;
  /** Whether it is silent while its owner speaks. */
  readonly ducks: () => boolean;
}

/** A visitor asks by voice: the guide alone, or everybody. The box decides who is heard; this page follows it. */
export class Speaking {
  state: SpeakingState = { is: 'idle' };
  /** Whose voice the tour is. */
  floor: FloorVoice = 'guide';
  /** The guide would be given this visitor's words in their own language. */
  interpreted = true;
  /** How loud it is, dBFS, while they speak. */
  levelDb = -100;
  readonly countdown: Countdown;
  private readonly host: ReactiveControllerHost;
  private readonly parts: SpeakingParts;
  private level: VoiceLevel | undefined;
  private activity: VoiceActivity | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private back: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, parts: SpeakingParts) {
    this.host = host;
    this.parts = parts;
    this.countdown = new Countdown(host, { onOver: () => this.end('time') });
    parts.events.on('floor', (event) => this.follow(event));
    parts.socket.on('error', ({ code }) => this.refused(code));
    host.addController({ hostDisconnected: () => this.end('lost') });
  }

  /**
   * Call it inside a gesture.
   * @param sensitivity a pause ends it (hands-free), told with so much of it; without, whoever speaks ends it
   */
  async begin(to: TalksTo, sensitivity?: number): Promise<void> {
    if (this.state.is !== 'idle') return;
    this.activity = sensitivity === undefined ? undefined : new VoiceActivity(sensitivity);
    this.show({ is: 'opening', to });
    const { voice, socket } = this.parts;
    if (!(await voice.open(() => this.end('no-voice')))) return;
    // Let go before the phone had a microphone, as where it asks whether it may: there is nothing to hear yet.
    if (!this.opening) voice.close();
    else if (socket.send({ type: 'floor', act: 'request', to })) {
      this.show({ is: 'asked', to });
      this.timer = setTimeout(() => this.end('lost'), ANSWER_MS);
      // Words before the answer are kept by the box; what it is not to hear it drops.
      if (to === 'guide') voice.let();
    } else this.end('lost');
  }

  /** No finger is on a button meanwhile: what is on the screen may change. */
  get handsOff(): boolean {
    return this.state.is !== 'idle' && (this.state.to === 'all' || this.activity !== undefined);
  }

  private get opening(): boolean {
    return this.state.is === 'opening';
  }

  /** They have done, or do not want to any more. */
  done(how: 'done' | 'silent' = 'done'): void {
    if (this.state.is !== 'speaking') this.end(how);
    else if (this.timer === undefined) this.timer = setTimeout(() => this.end(how), LAST_WORD_MS);
  }

  private follow({ you, to, place, endsAt, interpreted, voice }: EventOf<AttendeeEvent, 'floor'>): void {
    const { state } = this;
    this.floor = voice;
    this.interpreted = interpreted ?? this.interpreted;
    if (you === 'none') {
      if (state.is === 'waiting') this.end('refused');
      else if (state.is === 'speaking') this.end((this.countdown.left ?? 0) <= 1 ? 'time' : 'taken-back');
    } else if (state.is === 'idle') {
      // Of a page that was here before this one, or of what was just given up.
      this.parts.socket.send({ type: 'floor', act: 'release' });
    } else if (you === 'granted' && state.is !== 'opening') this.speak(to ?? state.to, endsAt);
    else if (you === 'waiting' && state.is !== 'opening') {
      this.clear();
      this.show({ is: 'waiting', to: state.to, place });
    }
    this.host.requestUpdate();
  }

  private speak(to: TalksTo, endsAt: number | undefined): void {
    this.countdown.begin(endsAt, LONGEST_MS);
    const before = this.state;
    // The guide may let all hear who speaks to them alone.
    if (before.is === 'speaking' && before.to === to) return;
    this.clear();
    this.show({ is: 'speaking', to });
    if (before.is === 'speaking') return;
    const { voice, sound, ducks } = this.parts;
    voice.let();
    clearTimeout(this.back);
    if (ducks()) sound.muted = true;
    if (to === 'all' && 'vibrate' in navigator) navigator.vibrate(150);
    if (voice.track) this.level = new VoiceLevel(voice.track, (levelDb, now) => this.hear(levelDb, now));
  }

  private hear(levelDb: number, now: number): void {
    this.levelDb = levelDb;
    const spoken = this.activity?.hear(levelDb, now);
    if (spoken === 'over') this.done();
    else if (spoken === 'silent') this.done('silent');
    this.host.requestUpdate();
  }

  private refused(code: ErrorCode): void {
    const { is } = this.state;
    if ((is === 'asked' || is === 'waiting') && REFUSALS.has(code)) this.end('refused');
  }

  private end(how: SpeakingEnd): void {
    const { state, parts } = this;
    if (state.is === 'idle') return;
    this.clear();
    this.countdown.stop();
    this.level?.stop();
    this.level = undefined;
    if (state.is !== 'opening') parts.socket.send({ type: 'floor', act: 'release' });
    parts.voice.close();
    if (state.is === 'speaking')
      this.back = setTimeout(() => (parts.sound.muted = false), state.to === 'all' ? BACK_MS : 0);
    this.show({ is: 'idle', ended: how });
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private show(state: SpeakingState): void {
    this.state = state;
    this.host.requestUpdate();
  }
}
