import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** For so long the box counts it, ms. */
const COUNTS_MS = 60_000;

/** That the guide speaks too fast for this visitor: told without a name, and again only once it has faded. */
export class TooFast implements ReactiveController {
  told = false;
  private readonly host: ReactiveControllerHost;
  private readonly socket: AttendeeSocket;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, { socket }: { socket: AttendeeSocket }) {
    this.host = host;
    this.socket = socket;
    host.addController(this);
  }

  tell(): void {
    if (this.told) return;
    this.socket.send({ type: 'too-fast' });
    this.show(true);
    this.timer = setTimeout(() => this.show(false), COUNTS_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.told = false;
  }

  private show(told: boolean): void {
    this.told = told;
    this.host.requestUpdate();
  }
}
