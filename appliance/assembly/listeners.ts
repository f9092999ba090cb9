import { Counter, type Registry } from 'prom-client';
import { gauge } from '../health/metrics.ts';
import { connectionRoutes } from '../http/routes/connection.ts';
import { whepRoutes } from '../http/routes/whep.ts';
import { Listeners } from '../listener/listeners.ts';
import type { Recoveries } from '../listener/recoveries.ts';
import type { Settings } from '../settings.ts';
import type { Companion } from '../tour/companion.ts';
import type { IceServersPart } from './ice.ts';
import type { ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

/** What one core of a small board carries, with room for joins: docs/capacity.md. */
const LISTENERS_PER_SHARD = 350;

export interface ListenersPart extends Part {
  readonly listeners: Listeners;
}

interface WhatListenersNeed {
  readonly settings: Settings;
  readonly tours: ToursPart;
  readonly shards: ShardsPart;
  readonly streams: StreamsPart;
  readonly ice: IceServersPart;
}

/** Who listens, each to a channel of a tour. Nobody can before the threads are there. */
export function listenersPart({
  settings,
  tours: { tours },
  shards: { shards, count, ready },
  streams: { streams },
  ice,
}: WhatListenersNeed): ListenersPart {
  const max = settings.maxListeners || count * LISTENERS_PER_SHARD;
  const listeners = new Listeners({
    shards,
    max,
    elsewhere: (attendee) => ({ count: streams.size, has: Boolean(streams.of(attendee)) }),
  });
  tours.accompany(audience(listeners));
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
    start: ready,
    stop: () => shards.stop(),
    routes: [
      ...whepRoutes({ tours, listeners, offerIceServers: ice.offer }),
      ...connectionRoutes({ listeners }),
    ],
    checks: { listeners: () => ({ ok: true, detail: String(listeners.size + streams.size) }) },
    metrics: (registry) => {
      gauge(registry, 'ubizo_listeners', 'Phones that are sent sound', () => listeners.size + streams.size);
      countRecoveries(registry, listeners.recoveries);
    },
  };
}

function countRecoveries(registry: Registry, recoveries: Recoveries): void {
  registry.registerMetric(
    new Counter({
      name: 'ubizo_recoveries_total',
      help: 'How phones got their sound back, by what mended it and why it was gone',
      labelNames: ['level', 'cause', 'outcome'],
      registers: [],
      collect() {
        this.reset();
        for (const { count, ...kind } of recoveries.counts) this.inc(kind, count);
      },
    }),
  );
}

/** Who must hear another channel, or nothing. */
function audience(listeners: Listeners): Companion {
  return {
    follow: (tour) =>
      tour.subscribe((event) => {
        if (event.type === 'removed') listeners.of(event.attendee)?.close();
        if (event.type !== 'moved') return;
        for (const { id, language } of event.attendees.values())
          listeners.of(id)?.tune(tour.channel(language));
      }),
    deleted: (tour) => listeners.closeTour(tour),
  };
}
