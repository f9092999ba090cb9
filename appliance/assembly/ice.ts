import type { BreakerState } from '../breaker/breaker.ts';
import { Breakers } from '../breaker/breakers.ts';
import { gauges } from '../health/metrics.ts';
import type { OfferIceServers } from '../http/ice-links.ts';
import type { IceServerWatch } from '../ice/ice-server-watch.ts';
import { IceServers } from '../ice/ice-servers.ts';
import { ownRelay } from '../ice/own-relay.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { Part } from './part.ts';

const EVERY_MS = 30_000;
const PATIENCE_MS = 10_000;

export interface BreakersPart extends Part {
  readonly breakers: Breakers;
}

const FIGURES: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** What the box shares of what it met outside. */
export function breakersPart(): BreakersPart {
  const breakers = new Breakers();
  return {
    name: 'breakers',
    breakers,
    metrics: (registry) =>
      gauges(registry, {
        name: 'ubizo_breaker_state',
        help: '0: what is behind it is used, 1: tried again, 2: left alone',
        label: 'of',
        read: () => new Map([...breakers.states].map(([of, state]) => [of, FIGURES[state]])),
      }),
  };
}

export interface IceServersPart extends Part {
  readonly offer: OfferIceServers;
}

/** STUN and TURN servers for phones beyond the LAN; by default there are none. */
export function iceServersPart({
  settings,
  log,
  breakers: { breakers },
}: {
  settings: Settings;
  log: Log;
  breakers: BreakersPart;
}): IceServersPart {
  const servers = new IceServers({
    configured: settings.iceServers.map((setting, at) => ({ name: `ice ${at + 1}`, setting })),
    own: () => ownRelay(settings.relay),
    // Most boxes have nobody to ask.
    probe: async (...asked) => (await import('../ice/probe.ts')).probe(...asked),
    breakers,
    everyMs: EVERY_MS,
    patienceMs: PATIENCE_MS,
    log,
  });
  return {
    name: 'ice',
    offer: () => servers.offer(),
    start: () => servers.start(),
    stop: () => servers.stop(),
    checks: { ice: () => conditionOf(servers.all) },
    metrics: (registry) => {
      for (const { name, help, of } of SERVER_FIGURES)
        gauges(registry, {
          name,
          help,
          label: 'server',
          read: () => new Map(servers.all.flatMap((watch) => pair(watch.name, of(watch)))),
        });
    },
  };
}

interface ServerFigure {
  readonly name: string;
  readonly help: string;
  /** Nothing: not known yet. */
  readonly of: (watch: IceServerWatch) => number | undefined;
}

const SERVER_FIGURES: readonly ServerFigure[] = [
  {
    name: 'ubizo_ice_server_up',
    help: '1: this STUN or TURN server answered when it was last asked',
    of: ({ healthy }) => Number(healthy),
  },
  {
    name: 'ubizo_ice_response_ms',
    help: 'How long its last good answer took',
    of: ({ responseMs }) => responseMs,
  },
  {
    name: 'ubizo_ice_error_rate',
    help: 'Share of the last 20 rounds that failed',
    of: ({ errorRate }) => errorRate,
  },
];

function pair(name: string, figure: number | undefined): [string, number][] {
  return figure === undefined ? [] : [[name, figure]];
}

/** Phones on the LAN need none of them. */
function conditionOf(all: readonly IceServerWatch[]): { ok: true; detail: string; degraded?: true } {
  const down = all.filter(({ down: isDown }) => isDown);
  return {
    ok: true,
    detail: `${all.filter(({ healthy }) => healthy).length} of ${all.length}`,
    ...(down.length > 0 && { degraded: true }),
  };
}
