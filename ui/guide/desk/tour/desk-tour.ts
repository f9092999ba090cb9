import type { ReactiveControllerHost } from 'lit';
import type { GuideEvent } from '../../../../appliance/protocol/guide-events.ts';
import type { AttendeeView, ChannelDeskView, TourDeskView } from '../../../../appliance/protocol/views.ts';
import type { EventOf } from '../../../link/handlers.ts';
import { withChanges } from '../../../link/with-changes.ts';
import type { DeskSocket } from '../desk-socket.ts';

/** The tour as the box has told it, and as the guide's calls have changed it. */
export class DeskTour {
  view: TourDeskView | undefined;
  private readonly host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost, socket: DeskSocket) {
    this.host = host;
    socket.on('tour', ({ tour }) => this.show(tour));
    socket.on('tour-changed', ({ changes }) => this.change(changes));
    socket.on('microphone', (event) => {
      const { type: _, ...microphone } = event;
      this.change({ microphone });
    });
    socket.on('channel', (event) => {
      if (this.view) this.change({ channels: withChannel(this.view.channels, event) });
    });
    socket.on('attendees', (event) => {
      if (this.view) this.change({ attendees: withAttendees(this.view.attendees, event) });
    });
  }

  get listeners(): number {
    return this.view?.channels.reduce((sum, channel) => sum + channel.listeners, 0) ?? 0;
  }

  get readers(): number {
    return this.view?.channels.reduce((sum, channel) => sum + channel.readers, 0) ?? 0;
  }

  show(view: TourDeskView | undefined): void {
    this.view = view;
    this.host.requestUpdate();
  }

  change(changes: Parameters<typeof withChanges<TourDeskView>>[1]): void {
    if (this.view) this.show(withChanges(this.view, changes));
  }
}

/** Whoever is known already keeps their place in the list. */
function withAttendees(
  attendees: readonly AttendeeView[],
  { changed, gone }: EventOf<GuideEvent, 'attendees'>,
): AttendeeView[] {
  const byId = new Map([...attendees, ...changed].map((attendee) => [attendee.id, attendee]));
  for (const id of gone) byId.delete(id);
  return [...byId.values()];
}

/** The new state in the channel's old place; a problem that is no longer named is over. */
function withChannel(
  channels: readonly ChannelDeskView[],
  event: EventOf<GuideEvent, 'channel'>,
): ChannelDeskView[] {
  const { language, state, by, lagMs, rough, writtenBy, listeners, readers, pace, problem } = event;
  const old = channels.find((channel) => channel.language === language);
  const channel: ChannelDeskView = {
    language,
    state,
    by,
    lagMs,
    rough,
    ...(writtenBy && { writtenBy }),
    listeners: listeners ?? old?.listeners ?? 0,
    readers: readers ?? old?.readers ?? 0,
    ...(pace && { pace }),
    ...(problem && { problem }),
  };
  return old ? channels.map((known) => (known === old ? channel : known)) : [...channels, channel];
}
