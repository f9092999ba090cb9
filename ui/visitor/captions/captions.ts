import type { ReactiveControllerHost } from 'lit';
import type { CaptionLine } from '../../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../../captions/caption-log.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** The words of the tour, as far as this visit has heard them. */
export class Captions {
  lines: readonly CaptionLine[] = [];
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost, socket: AttendeeSocket) {
    this.host = host;
    socket.on('tour', ({ captions }) => this.show(withSnapshot(this.lines, captions)));
    socket.on('caption', (line) => this.show(withCaption(this.lines, line)));
  }

  clear(): void {
    this.show([]);
  }

  private show(lines: readonly CaptionLine[]): void {
    this.lines = lines;
    this.host.requestUpdate();
  }
}
