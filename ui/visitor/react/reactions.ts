import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Reaction } from '../../../appliance/protocol/questions.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** Between two reactions, at least, ms: who taps faster means one. */
const BETWEEN_MS = 1_000;

/** What somebody feels, told to the guide in one tap and without a name. */
export class Reactions implements ReactiveController {
  /** The one that was just told. */
  told: Reaction | undefined;
  private readonly host: ReactiveControllerHost;
  private readonly socket: AttendeeSocket;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, { socket }: { socket: AttendeeSocket }) {
    this.host = host;
    this.socket = socket;
    host.addController(this);
  }

  tell(reaction: Reaction): void {
    if (this.told || !this.socket.send({ type: 'reaction', reaction })) return;
    this.show(reaction);
    this.timer = setTimeout(() => this.show(undefined), BETWEEN_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.told = undefined;
  }

  private show(told: Reaction | undefined): void {
    this.told = told;
    this.host.requestUpdate();
  }
}
