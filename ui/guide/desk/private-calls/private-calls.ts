import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GuideMessage } from '../../../../appliance/protocol/events.ts';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { DeskCall } from '../../../../appliance/protocol/talk.ts';
import type { EventSource } from '../../../link/handlers.ts';

/** How a call ended is said for so long, ms. */
const ENDED_MS = 8_000;

export interface PrivateCallsParts {
  readonly socket: EventSource<GuideEvent> & { readonly send: (message: GuideMessage) => boolean };
  /** Where the caller is heard. */
  readonly earphone: { readonly on: boolean; readonly start: () => void; readonly stop: () => void };
  readonly onRing: () => void;
  readonly endedMs?: number;
}

/** Visitors who call the guide, and the one whose call was taken. */
export class PrivateCalls implements ReactiveController {
  ringing: readonly DeskCall[] = [];
  active: DeskCall | undefined;
  /** Whom the guide is about to take. */
  wanted: DeskCall | undefined;
  /** How the last ones ended, for a moment. */
  ended: readonly DeskCall[] = [];
  private readonly host: ReactiveControllerHost;
  private readonly parts: PrivateCallsParts;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The call that was taken last. */
  private taken: string | undefined;
  /** The earphone was switched on for it alone. */
  private lent = false;

  constructor(host: ReactiveControllerHost, parts: PrivateCallsParts) {
    this.host = host;
    this.parts = parts;
    parts.socket.on('calls', ({ calls }) => this.show(calls));
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  forget(): void {
    this.show([]);
  }

  want(call: DeskCall | undefined): void {
    this.wanted = call;
    this.host.requestUpdate();
  }

  /** Within a tap: the caller is heard in the earphone. `floor`: whether the tour goes on hearing the guide. */
  take(floor: 'muted' | 'goes-on'): void {
    const { socket, earphone } = this.parts;
    const id = this.wanted?.id;
    if (id === undefined || !socket.send({ type: 'call', act: 'take', id, floor })) return;
    this.taken = id;
    this.lent ||= !earphone.on;
    earphone.start();
  }

  decline(id: string): void {
    this.parts.socket.send({ type: 'call', act: 'decline', id });
  }

  hangUp(id: string): void {
    this.parts.socket.send({ type: 'call', act: 'hang-up', id });
  }

  private show(calls: readonly DeskCall[]): void {
    const known = new Set(this.ringing.map(({ id }) => id));
    this.ringing = calls.filter(({ state }) => state === 'ringing');
    this.active = calls.find(({ state }) => state === 'active');
    // Who has given up calling cannot be taken any more.
    if (this.ringing.every(({ id }) => id !== this.wanted?.id)) this.wanted = undefined;
    const ended = calls.filter(({ state }) => state === 'ended');
    if (ended.length > 0) this.tell(ended);
    if (calls.every(({ id, state }) => id !== this.taken || state === 'ended')) this.giveBack();
    if (this.ringing.some(({ id }) => !known.has(id))) this.parts.onRing();
    this.host.requestUpdate();
  }

  private giveBack(): void {
    if (this.lent) this.parts.earphone.stop();
    this.lent = false;
    this.taken = undefined;
  }

  private tell(ended: readonly DeskCall[]): void {
    this.ended = ended;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.ended = [];
      this.host.requestUpdate();
    }, this.parts.endedMs ?? ENDED_MS);
  }
}
