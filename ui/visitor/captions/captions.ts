import type { ReactiveControllerHost } from 'lit';
import type { CaptionLine } from '../../../appliance/protocol/views.ts';
import { withCaption, withSnapshot } from '../../captions/caption-log.ts';
import type { AttendeeSocket } from '../visit/attendee-socket.ts';

/** Words wait for so long where the phone is to be spared, ms. */
const SPARING_MS = 1_000;

/** The words of the tour, as far as this visit has heard them. */
export class Captions {
  lines: readonly CaptionLine[] = [];
  private readonly host: ReactiveControllerHost;
  private readonly sparing: () => boolean;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param stopped whether the visitor wants none just now
   * @param sparing whether several are to be shown at once, rather than each as it comes
   */
  constructor(
    host: ReactiveControllerHost,
    { socket, stopped, sparing }: { socket: AttendeeSocket; stopped: () => boolean; sparing: () => boolean },
  ) {
    this.host = host;
    this.sparing = sparing;
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
    if (!this.sparing()) this.host.requestUpdate();
    else
      this.waiting ??= setTimeout(() => {
        this.waiting = undefined;
        this.host.requestUpdate();
      }, SPARING_MS);
  }
}
