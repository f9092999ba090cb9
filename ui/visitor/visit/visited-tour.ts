import type { ReactiveControllerHost } from 'lit';
import type { FloorVoice } from '../../../appliance/protocol/talk.ts';
import type { ChannelView, TourView } from '../../../appliance/protocol/views.ts';
import { withChanges } from '../../link/with-changes.ts';
import type { AttendeeSocket } from './attendee-socket.ts';

/** The tour as the box has told it, from the first look at it on. */
export class VisitedTour {
  view: TourView | undefined;
  /** Whose voice it is just now. */
  voice: FloorVoice = 'guide';
  private readonly host: ReactiveControllerHost;
  private readonly listeners = new Set<(tour: TourView) => void>();

  constructor(host: ReactiveControllerHost, socket: AttendeeSocket) {
    this.host = host;
    socket.on('tour', ({ tour }) => {
      // Anything else is told after it.
      this.voice = 'guide';
      this.change(tour);
    });
    socket.on('floor', ({ voice }) => {
      this.voice = voice;
      host.requestUpdate();
    });
    socket.on('tour-changed', ({ changes }) => {
      if (this.view) this.change(withChanges(this.view, changes));
    });
    socket.on('channel', (event) => this.showChannel(event));
  }

  /** Called after the guide or the box has changed something about the tour itself. */
  subscribe(listener: (tour: TourView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  show(view: TourView | undefined): void {
    this.view = view;
    this.host.requestUpdate();
  }

  /** As the box has told who has not joined; without it, the tour is over. */
  follow(view: TourView | undefined): void {
    if (view) this.change(view);
    else this.end();
  }

  /** A call was refused because the tour is over; the event that says so may be late. */
  end(): void {
    if (this.view) this.change({ ...this.view, state: 'ended' });
  }

  private change(view: TourView): void {
    this.show(view);
    for (const listener of this.listeners) listener(view);
  }

  private showChannel({ language, state, by, lagMs, rough, writtenBy }: ChannelView): void {
    if (!this.view) return;
    const others = this.view.channels.filter((channel) => channel.language !== language);
    this.show({
      ...this.view,
      channels: [...others, { language, state, by, lagMs, rough, ...(writtenBy && { writtenBy }) }],
    });
  }
}
