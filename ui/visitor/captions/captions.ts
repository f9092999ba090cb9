import type { ReactiveControllerHost } from 'lit';
import type { CaptionLine } from '../../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../../captions/caption-log.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** The words of the tour, as far as this visit has heard them. */
export class Captions {
  lines: readonly CaptionLine[] = [];
  private readonly host: ReactiveControllerHost;

  /** @param stopped whether the visitor wants none just now */
  constructor(
    host: ReactiveControllerHost,
    { socket, stopped }: { socket: AttendeeSocket; stopped: () => boolean },
  ) {
    this.host = host;
    socket.on('tour', ({ captions }) => {
      if (!stopped()) this.show(withSnapshot(this.lines, captions));
    });
    socket.on('caption', (line) => {
      if (!stopped()) this.show(withCaption(this.lines, line));
    });
  }

  clear(): void {
    this.show([]);
  }

  private show(lines: readonly CaptionLine[]): void {
    this.lines = lines;
    this.host.requestUpdate();
  }
}
