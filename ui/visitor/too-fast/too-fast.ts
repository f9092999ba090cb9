import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** For so long the box counts it, ms. What could not be told by then is no longer so. */
const COUNTS_MS = 60_000;

/** `waiting`: it is told as soon as there is a connection. `told`: and need not be told again yet. */
export type Telling = 'no' | 'waiting' | 'told';

/** That the guide speaks too fast for this visitor: told without a name, and again only once it has faded. */
export class TooFast implements ReactiveController {
  telling: Telling = 'no';
  private readonly host: ReactiveControllerHost;
  private readonly socket: AttendeeSocket;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, { socket }: { socket: AttendeeSocket }) {
    this.host = host;
    this.socket = socket;
    socket.on('tour', () => {
      if (this.telling === 'waiting') this.send();
    });
    host.addController(this);
  }

  tell(): void {
    if (this.telling === 'no') this.send();
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
    this.telling = 'no';
  }

  private send(): void {
    this.show(this.socket.send({ type: 'too-fast' }) ? 'told' : 'waiting');
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show('no'), COUNTS_MS);
  }

  private show(telling: Telling): void {
    this.telling = telling;
    this.host.requestUpdate();
  }
}
