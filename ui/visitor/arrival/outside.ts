import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OpenTours } from '../../../appliance/protocol/arrival.ts';
import type { OpenEvent } from '../../../appliance/protocol/events.ts';
import { EventsSocket } from '../../link/events-socket.ts';
import { parseOpenEvent } from '../../link/messages.ts';

/** Who is let in at once, as most are, has a socket of their own before this one is opened, ms. */
const PATIENCE_MS = 1_000;

export interface OutsideOptions {
  /** The visitor has not joined: they choose a tour, or are asked for an entry code. */
  readonly isOutside: () => boolean;
  readonly onOpen: (open: OpenTours) => void;
}

/** What happens on the box, for who has not joined a tour yet: their page lives too. */
export class Outside implements ReactiveController {
  private readonly options: OutsideOptions;
  private readonly socket: EventsSocket<OpenEvent, never>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown = false;

  constructor(host: ReactiveControllerHost, options: OutsideOptions) {
    this.options = options;
    this.socket = new EventsSocket<OpenEvent, never>(host, {
      watch: { proof: 'anything' },
      parse: parseOpenEvent,
    });
    this.socket.on('open', ({ tours, box }) => options.onOpen({ tours, box }));
  }

  hostConnected(): void {
    this.shown = true;
  }

  hostUpdated(): void {
    if (!this.shown || !this.options.isOutside()) this.stop();
    else if (this.socket.status === 'closed')
      this.timer ??= setTimeout(() => this.socket.open('/api/live/events'), PATIENCE_MS);
  }

  hostDisconnected(): void {
    this.shown = false;
    this.stop();
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.socket.status !== 'closed') this.socket.close();
  }
}
