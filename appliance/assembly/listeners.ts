import { Counter, Histogram, type Registry } from 'prom-client';
import type { Diversions } from '../channel/diversions.ts';
import { counter, gauge, gauges } from '../health/metrics.ts';
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
  /** Who hears something else for a while, in whatever way they hear. */
  readonly diversions: Diversions;
}

interface WhatListenersNeed {
  readonly settings: Settings;
  readonly tours: ToursPart;
  readonly shards: ShardsPart;
  readonly streams: StreamsPart;
  readonly diversions: Diversions;
  readonly ice: IceServersPart;
}

/** Who listens, each to a channel of a tour. Nobody can before the threads are there. */
export function listenersPart({
  settings,
  tours: { tours },
  shards: { shards, count, ready },
  streams: { streams },
  diversions,
  ice,
}: WhatListenersNeed): ListenersPart {
  const max = settings.maxListeners || count * LISTENERS_PER_SHARD;
  const listeners = new Listeners({
    shards,
    max,
    diversions,
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
    diversions,
    start: ready,
    stop: () => shards.stop(),
    routes: [
      ...whepRoutes({ tours, listeners, offerIceServers: ice.offer }),
      ...connectionRoutes({ listeners }),
    ],
    checks: { listeners: () => ({ ok: true, detail: String(listeners.size + streams.size) }) },
    metrics: (registry) => {
      gauge(registry, 'ubizo_listeners', 'Phones that are sent sound', () => listeners.size + streams.size);
      gauges(registry, {
        name: 'ubizo_connections',
        help: 'Phones’ connections for sound, those ahead of a tap included',
        label: 'state',
        read: () => states(listeners),
      });
      counter(registry, {
        name: 'ubizo_connection_attempts_total',
        help: 'How attempts to connect for sound have ended',
        label: 'outcome',
        read: () => listeners.attempts.counts,
      });
      measureFirstSounds(registry, listeners);
      countRecoveries(registry, listeners.recoveries);
      counter(registry, {
        name: 'ubizo_recoveries_ignored_total',
        help: 'Reports of recoveries that were more than ten in a minute of one visitor',
        label: 'why',
        read: () => new Map([['too-many', listeners.recoveries.ignored]]),
      });
    },
  };
}

function states(listeners: Listeners): ReadonlyMap<string, number> {
  const counts = new Map(['connecting', 'connected', 'disconnected'].map((state) => [state, 0]));
  for (const { state } of listeners.all) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

function measureFirstSounds(registry: Registry, { firstSounds }: Listeners): void {
  const histogram = new Histogram({
    name: 'ubizo_first_sound_seconds',
    help: 'From a visitor’s tap to the first sound, as pages tell',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30],
    registers: [registry],
  });
  firstSounds.subscribe((ms) => histogram.observe(ms / 1_000));
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
