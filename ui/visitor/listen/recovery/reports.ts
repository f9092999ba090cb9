import type { RecoveryReport } from '../../../../appliance/protocol/recovery.ts';
import type { AttendeeSocket } from '../../visit/attendee-socket.ts';

/** Of a long outage only the last few are told. */
const MOST = 8;

/** Tells the box how the sound came back, once it can be told. */
export class Reports {
  private readonly socket: AttendeeSocket;
  private waiting: RecoveryReport[] = [];

  constructor(socket: AttendeeSocket) {
    this.socket = socket;
    socket.on('tour', () => this.flush());
  }

  add(report: RecoveryReport): void {
    this.waiting = [...this.waiting, report].slice(-MOST);
    this.flush();
  }

  private flush(): void {
    while (this.waiting[0] && this.socket.send(this.waiting[0])) this.waiting.shift();
  }
}
