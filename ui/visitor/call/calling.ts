import type { ReactiveControllerHost } from 'lit';
import type { ErrorCode } from '../../../appliance/protocol/errors.ts';
import type { AttendeeEvent } from '../../../appliance/protocol/events.ts';
import type { CallEnd } from '../../../appliance/protocol/talk.ts';
import type { EventOf, EventSource } from '../../link/handlers.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';
import { Countdown } from '../voice/countdown.ts';
import type { OwnVoice } from '../voice/own-voice.ts';

/** A call takes so long at most, ms. */
const LONGEST_MS = 5 * 60_000;

/** `opening`: the phone is asked for its microphone. `no-voice`: it has none. */
export type CallState =
  | { readonly is: 'none' | 'opening' | 'ringing' }
  | { readonly is: 'active'; readonly interpreted: boolean }
  | { readonly is: 'ended'; readonly end: CallEnd | 'no-voice' };

const REFUSALS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'voice_off',
  'asker_blocked',
  'tour_state',
  'too_many_attempts',
  'box_busy',
]);

export interface CallingParts {
  readonly events: EventSource<AttendeeEvent>;
  readonly socket: AttendeeSocket;
  readonly voice: OwnVoice;
}

/** A visitor and the guide in private. What the guide says comes on the same line as the tour. */
export class Calling {
  state: CallState = { is: 'none' };
  readonly countdown: Countdown;
  /** The box has answered that it rings. */
  private rings = false;
  private readonly host: ReactiveControllerHost;
  private readonly parts: CallingParts;

  constructor(host: ReactiveControllerHost, parts: CallingParts) {
    this.host = host;
    this.parts = parts;
    this.countdown = new Countdown(host);
    parts.events.on('call', (event) => this.follow(event));
    parts.socket.on('error', ({ code }) => {
      if (this.state.is === 'ringing' && !this.rings && REFUSALS.has(code)) this.end('declined');
    });
    host.addController({ hostDisconnected: () => this.hangUp() });
  }

  get on(): boolean {
    const { is } = this.state;
    return is === 'opening' || is === 'ringing' || is === 'active';
  }

  /** Call it inside a gesture. */
  async ring(): Promise<void> {
    if (this.on) return;
    this.rings = false;
    this.show({ is: 'opening' });
    const { voice, socket } = this.parts;
    if (!(await voice.open(() => this.end('no-voice')))) return;
    if (this.state.is !== 'opening') voice.close();
    else if (socket.send({ type: 'call', act: 'ring' })) this.show({ is: 'ringing' });
    else this.end('lost');
  }

  hangUp(): void {
    if (this.on) this.end('hung-up');
  }

  /** What has ended need not be told any longer. */
  forget(): void {
    if (!this.on) this.show({ is: 'none' });
  }

  private follow({ state, endsAt, interpreted, end }: EventOf<AttendeeEvent, 'call'>): void {
    switch (state) {
      case 'ringing':
        // A call that this page does not make: of the page before it, without a microphone.
        if (!this.on) this.parts.socket.send({ type: 'call', act: 'hang-up' });
        else if (this.state.is === 'ringing') this.rings = true;
        break;
      case 'active':
        if (!this.on) this.parts.socket.send({ type: 'call', act: 'hang-up' });
        else {
          this.parts.voice.let();
          this.countdown.begin(endsAt, LONGEST_MS);
          this.show({ is: 'active', interpreted: interpreted ?? false });
        }
        break;
      case 'ended':
        if (this.on) this.end(end ?? 'hung-up');
        break;
      case 'none':
        // Told with every snapshot: it ends what was, and no call that the box has not heard of yet.
        if (this.state.is === 'active' || this.rings) this.end('lost');
    }
  }

  private end(end: CallEnd | 'no-voice'): void {
    const { state, parts } = this;
    if (!this.on) return;
    this.rings = false;
    this.countdown.stop();
    if (state.is !== 'opening') parts.socket.send({ type: 'call', act: 'hang-up' });
    this.show({ is: 'ended', end });
    parts.voice.close();
  }

  private show(state: CallState): void {
    this.state = state;
    this.host.requestUpdate();
  }
}
