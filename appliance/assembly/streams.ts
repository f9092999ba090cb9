import type { Diversions } from '../channel/diversions.ts';
import { gauges } from '../health/metrics.ts';
import { listenRoutes } from '../http/routes/listen.ts';
import { soundSocket } from '../http/sound/sound-socket.ts';
import type { Listeners } from '../listener/listeners.ts';
import type { Log } from '../log.ts';
import { PlainStreams } from '../stream/plain-streams.ts';
import { SoundMessages } from '../stream/sound-messages.ts';
import { Streams } from '../stream/streams.ts';
import type { Companion } from '../tour/companion.ts';
import type { AccountsPart } from './accounts.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

export interface StreamsPart extends Part {
  readonly streams: Streams;
}

interface WhatStreamsNeed {
  readonly log: Log;
  readonly accounts: AccountsPart;
  readonly tours: ToursPart;
  readonly diversions: Diversions;
  /** With whom they share the room that the box has for sound. */
  readonly listeners: () => { readonly listeners: Listeners };
}

/** Sound over TCP: for phones that no UDP reaches, and for whatever plays a plain stream. */
export function streamsPart({
  log,
  accounts: { tokens },
  tours: { tours, codes, entryCodes },
  diversions,
  listeners,
}: WhatStreamsNeed): StreamsPart {
  const streams: Streams = new Streams({
    diversions,
    hasRoom: (attendee) => {
      const others = listeners().listeners;
      const other = others.of(attendee);
      // Whoever changes from one way to another needs no more of it; who only waits has none yet.
      return (other !== undefined && !other.waiting) || others.size + streams.size < others.most;
    },
  });
  const plain = new PlainStreams({ log });
  tours.accompany(audience(streams));
  return {
    name: 'streams',
    streams,
    stop: () => plain.stop(),
    routes: listenRoutes({ codes, entryCodes, tokens, streams, plain }),
    sockets: [soundSocket({ tours, tokens, streams, messages: new SoundMessages() })],
    metrics: (registry) =>
      gauges(registry, {
        name: 'ubizo_listeners_by_way',
        help: 'Phones that are sent sound, by the way of sound',
        label: 'way',
        read: () => new Map<string, number>([['webrtc', listeners().listeners.size], ...streams.byWay]),
      }),
  };
}

/** Who must hear another channel, or nothing. */
function audience(streams: Streams): Companion {
  const end = (attendee: string): void => {
    const stream = streams.of(attendee);
    if (stream) streams.close(stream);
  };
  return {
    follow: (tour) => {
      const { id } = tour.record;
      const unsubscribe = tour.subscribe((event) => {
        if (event.type === 'removed') end(event.attendee);
        else if (event.type === 'tour-changed' && event.changes.state === 'ended') streams.closeTour(id);
        else if (event.type === 'moved')
          for (const attendee of event.attendees.values())
            streams.of(attendee.id)?.tune(tour.channel(attendee.language));
      });
      return () => {
        unsubscribe();
        streams.closeTour(id);
      };
    },
  };
}
