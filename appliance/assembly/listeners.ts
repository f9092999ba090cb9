import { gauge, gauges } from '../health/metrics.ts';
import { listenRoutes } from '../http/routes/listen.ts';
import { whepRoutes } from '../http/routes/whep.ts';
import { soundSocket } from '../http/sound/sound-socket.ts';
import { Listeners } from '../listener/listeners.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { PlainStreams } from '../stream/plain-streams.ts';
import { SoundMessages } from '../stream/sound-messages.ts';
import { Streams } from '../stream/streams.ts';
import type { Companion } from '../tour/companion.ts';
import type { AccountsPart } from './accounts.ts';
import type { ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import type { ToursPart } from './tours.ts';

/** What one core of a small board carries, with room for joins: docs/capacity.md. */
const LISTENERS_PER_SHARD = 350;

export interface ListenersPart extends Part {
  readonly listeners: Listeners;
  readonly streams: Streams;
}

interface WhatListenersNeed {
  readonly settings: Settings;
  readonly log: Log;
  readonly accounts: AccountsPart;
  readonly tours: ToursPart;
  readonly shards: ShardsPart;
}

/** Who listens, each to a channel of a tour. Nobody can before the threads are there. */
export function listenersPart({
  settings,
  log,
  accounts: { tokens },
  tours: { tours, codes, entryCodes },
  shards: { shards, count, ready },
}: WhatListenersNeed): ListenersPart {
  const max = settings.maxListeners || count * LISTENERS_PER_SHARD;
  const listeners = new Listeners({ shards, max, elsewhere: (attendee) => elsewhere(streams, attendee) });
  const streams: Streams = new Streams({
    hasRoom: (attendee) => Boolean(listeners.of(attendee)) || listeners.size + streams.size < max,
  });
  const plain = new PlainStreams({ log });
  tours.accompany(audience(listeners, streams));
  // Whoever changes from one way to another has not left.
  const heard = ({ tour, attendee }: { tour: string; attendee: string }): void => {
    const listener = listeners.of(attendee);
    const connected = listener?.state === 'connected' && !listener.waiting;
    tours.find(tour)?.attendance.listens(attendee, connected || Boolean(streams.of(attendee)));
  };
  listeners.subscribe(heard);
  streams.subscribe(heard);
  return {
    name: 'listeners',
    listeners,
    streams,
    start: ready,
    stop: async () => {
      await Promise.all([shards.stop(), plain.stop()]);
    },
    routes: [
      ...whepRoutes({ tours, listeners }),
      ...listenRoutes({ codes, entryCodes, tokens, streams, plain }),
    ],
    sockets: [soundSocket({ tours, tokens, streams, messages: new SoundMessages() })],
    checks: { listeners: () => ({ ok: true, detail: String(listeners.size + streams.size) }) },
    metrics: (registry) => {
      gauge(registry, 'ubizo_listeners', 'Phones that are sent sound', () => listeners.size + streams.size);
      gauges(registry, {
        name: 'ubizo_listeners_by_way',
        help: 'Phones that are sent sound, by the way of sound',
        label: 'way',
        read: () => new Map<string, number>([['webrtc', listeners.size], ...streams.byWay]),
      });
    },
  };
}

/** Of those who hear by another way: how many there are, and whether this one is among them. */
function elsewhere(streams: Streams, attendee: string): { readonly count: number; readonly has: boolean } {
  return { count: streams.size, has: Boolean(streams.of(attendee)) };
}

/** Who must hear another channel, or nothing. */
function audience(listeners: Listeners, streams: Streams): Companion {
  const endStream = (attendee: string): void => {
    const stream = streams.of(attendee);
    if (stream) streams.close(stream);
  };
  return {
    follow: (tour) => {
      const { id } = tour.record;
      const unsubscribe = tour.subscribe((event) => {
        if (event.type === 'removed') {
          listeners.of(event.attendee)?.close();
          endStream(event.attendee);
        } else if (event.type === 'tour-changed' && event.changes.state === 'ended') streams.closeTour(id);
        else if (event.type === 'moved') {
          for (const attendee of event.attendees.values()) {
            const channel = tour.channel(attendee.language);
            listeners.of(attendee.id)?.tune(channel);
            streams.of(attendee.id)?.tune(channel);
          }
        }
      });
      return () => {
        unsubscribe();
        streams.closeTour(id);
      };
    },
    deleted: (tour) => listeners.closeTour(tour),
  };
}
