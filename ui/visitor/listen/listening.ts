import type { ReactiveControllerHost } from 'lit';
import type { ErrorCode } from '../../../appliance/protocol/errors.ts';
import { LoadedLater } from '../../elements/loaded-later.ts';
import { LinkError } from '../../link/problem.ts';
import type { SdpEndpoint } from '../../link/sdp-exchange.ts';
import { StayAwake } from '../../stay-awake/stay-awake.ts';
import type { PhoneParts } from '../check/look-at-phone.ts';
import type * as Later from '../later.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';
import type { VisitedTour } from '../visit/visited-tour.ts';
import { connectionOf, readersConnectionOf, type ConnectionLevel } from './connection.ts';
import type { FirstSound } from './first-sound.ts';
import { Hearing } from './recovery/hearing.ts';
import { Reports } from './recovery/reports.ts';
import { Sound } from './sound.ts';
import { WAYS } from './ways/ways.ts';

/**
 * - `before`: the visitor has not listened yet, or is not let in. The connection may stand already, and is silent.
 * - `on`: the sound is wanted. `full`: the box has no room for it; the captions go on, and it is asked again.
 * - `reading`: the captions alone are wanted.
 * - `stopped`: neither is, by the visitor or because the tour is over.
 */
export type ListeningState =
  | { readonly is: 'before' | 'reading' | 'stopped'; readonly problem?: LinkError | undefined }
  | { readonly is: 'on'; readonly full: boolean; readonly problem?: LinkError | undefined };

/** Of the join, of a language that was taken away, and of what visitors say: who does these hears it too. */
const SAID_ELSEWHERE: ReadonlySet<string> = new Set<ErrorCode>([
  'token_invalid',
  'language_not_offered',
  'questions_off',
  'question_not_found',
  'asker_blocked',
  'voice_off',
  'tour_state',
  'too_many_attempts',
  'box_busy',
  'floor_not_yours',
  'call_not_found',
]);

export interface ListeningParts {
  readonly socket: AttendeeSocket;
  readonly tour: VisitedTour;
  readonly endpoint: (renew: boolean) => Promise<SdpEndpoint>;
  /** The visitor's pass. */
  readonly token: () => Promise<string>;
  /** Lets the visitor in without sound. */
  readonly enter: () => void;
  /** The language that was chosen. */
  readonly chosen: () => string;
  /** Answers whether the sound is to be tried again. */
  readonly onProblem: (problem: LinkError) => boolean;
  /** What has kept the box from a connection ahead of the tap. */
  readonly onUnprepared: (problem: LinkError) => void;
}

/** Hearing the tour: the connection, the sound that comes out of it, and a screen that stays on meanwhile. */
export class Listening {
  state: ListeningState = { is: 'before' };
  readonly sound: Sound;
  private readonly host: ReactiveControllerHost;
  private readonly parts: ListeningParts;
  readonly reception: Hearing;
  private readonly awake: StayAwake;
  private readonly later: LoadedLater<typeof Later>;
  private firstSound: FirstSound | undefined;

  constructor(host: ReactiveControllerHost, parts: ListeningParts) {
    this.host = host;
    this.parts = parts;
    this.sound = new Sound(host);
    this.awake = new StayAwake(host);
    const reports = new Reports(parts.socket);
    const tour = (): string => parts.tour.view?.id ?? '';
    this.reception = new Hearing(host, {
      keeper: () => import('./recovery/reception.ts'),
      endpoint: parts.endpoint,
      look: async () => {
        const { connectionSeen } = await import('../../link/api/visits.ts');
        return connectionSeen({ tour: tour(), token: await parts.token() });
      },
      ask: () => parts.socket.ping(),
      eventsLost: () => parts.socket.status === 'waiting',
      renewSocket: () => parts.socket.again(),
      report: (report) => reports.add(report),
      ways: WAYS,
      way: {
        token: parts.token,
        tour,
        code: () => parts.tour.view?.code ?? '',
        element: this.sound.element,
      },
      language: parts.chosen,
      onStream: (stream) => this.sound.give(stream),
      onProblem: (problem) => {
        if (this.on) return parts.onProblem(problem);
        parts.onUnprepared(problem);
        return false;
      },
      wanted: () => this.on,
    });
    this.later = new LoadedLater(host, () => import('../later.ts'));
    parts.tour.subscribe((tour) => {
      if (tour.state === 'ended' && (this.on || this.reading)) this.stop();
    });
    // Tapped before the box could be told.
    parts.socket.on('pong', ({ soundingMs }) => {
      if (soundingMs !== undefined) this.reception.sounding(soundingMs);
    });
    parts.socket.on('tour', ({ listening = true, language }) => {
      this.reception.follow(language);
      // The socket is back, or never was away.
      if (this.reception.status !== 'connecting') this.reception.chance();
      if (this.on && !listening) this.askForSound();
      else if (this.reading !== listening && !this.on) this.tellReading();
    });
    parts.socket.on('listener', ({ state }) => {
      if (state === 'connected') this.setFull(false);
      // The box has lost the connection and says so; waiting for the phone to notice would take seconds.
      if (state === 'closed') this.reception.lost();
      this.host.requestUpdate();
    });
    parts.socket.on('error', ({ code, message }) => {
      if (!SAID_ELSEWHERE.has(code)) parts.onProblem(new LinkError(code, message));
    });
  }

  get on(): boolean {
    return this.state.is === 'on';
  }

  get reading(): boolean {
    return this.state.is === 'reading';
  }

  /** What is heard, where it can be looked at: a plain stream cannot. */
  get heard(): MediaStream | AudioNode | undefined {
    const { otherWay, node } = this.reception;
    const { srcObject } = this.sound.element;
    if (!this.on || otherWay) return this.on ? node : undefined;
    return srcObject instanceof MediaStream ? srcObject : undefined;
  }

  get connection(): ConnectionLevel {
    const { state, reception, parts } = this;
    const { status } = parts.socket;
    if (this.reading) return readersConnectionOf(status);
    return connectionOf({
      wanted: state.is === 'on' && parts.tour.view?.state !== 'ended',
      full: state.is === 'on' && state.full,
      peer: reception.status,
      socket: status,
    });
  }

  /** What of it is looked at when something is wrong. */
  phone(): Pick<PhoneParts, 'word' | 'peer' | 'wanted' | 'held' | 'otherWay'> {
    const { peer, otherWay } = this.reception;
    const word = (): Promise<void> =>
      new Promise((resolve) => {
        const end = this.parts.socket.on('pong', () => {
          end();
          resolve();
        });
        this.parts.socket.ping();
      });
    return { word, peer, wanted: this.on, held: this.sound.held, otherWay: otherWay !== undefined };
  }

  /** Connects ahead of the tap, which then only plays: nothing is sent until then, and nobody is counted. */
  prepare(): void {
    if (this.state.is === 'before') this.reception.start();
  }

  /** What was made ready is for somebody else. */
  unprepare(): void {
    if (!this.on) this.reception.stop();
  }

  /** Call it inside a gesture: browsers let sound begin only then. */
  start(): void {
    this.sound.begin();
    this.show({ is: 'on', full: false });
    this.askForSound();
    this.reception.start();
    void this.measure(performance.now());
    this.awake.hold();
  }

  /** The captions, and no sound. */
  read(): void {
    this.silence();
    this.awake.hold();
    this.show({ is: 'reading' });
    this.tellReading();
    this.parts.enter();
  }

  stop(): void {
    this.silence();
    this.show({ is: 'stopped', problem: this.state.problem });
    this.tellReading();
  }

  /** To where languages are chosen; `problem`: why the visitor is sent there. */
  back(problem?: LinkError): void {
    this.silence();
    this.show({ is: 'before', problem });
  }

  setFull(full: boolean): void {
    if (this.state.is === 'on') this.show({ ...this.state, full });
  }

  tell(problem: LinkError): void {
    this.show({ ...this.state, problem });
  }

  private askForSound(): void {
    this.parts.socket.send({ type: 'listen' });
  }

  /** While captions are on the screen somebody writes them, and is perhaps paid for it. */
  private tellReading(): void {
    this.parts.socket.send({ type: 'reading', language: this.reading ? this.parts.chosen() : null });
  }

  /** What measures the first sound need not be there before it. */
  private async measure(tapped: number): Promise<void> {
    await this.later.load();
    const { part } = this.later;
    if (!part || !this.on) return;
    this.firstSound ??= new part.FirstSound({
      element: this.sound.element,
      peer: () => this.reception.peer,
      tell: (ms) => this.parts.socket.send({ type: 'first-sound', ms }),
    });
    this.firstSound.begin(tapped);
  }

  private silence(): void {
    this.firstSound?.end();
    this.reception.stop();
    this.sound.stop();
    this.awake.let();
  }

  private show(state: ListeningState): void {
    this.state = state;
    this.host.requestUpdate();
  }
}
