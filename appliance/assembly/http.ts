import { fileURLToPath } from 'node:url';
import { Health, isDegraded } from '../health/health.ts';
import { counter, gauges, Metrics } from '../health/metrics.ts';
import { HttpServer } from '../http/http-server.ts';
import { Refusals } from '../http/refusals.ts';
import { healthRoutes } from '../http/routes/health.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { AccountsPart } from './accounts.ts';
import type { BoxNewsPart } from './box-news.ts';
import type { ListenersPart } from './listeners.ts';
import type { NetworkPart } from './network.ts';
import type { PacePart } from './pace.ts';
import type { Part } from './part.ts';
import type { QualityPart } from './quality.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

const PAGES = fileURLToPath(new URL('../../ui/dist', import.meta.url));

export interface HttpPart extends Part {
  readonly server: HttpServer;
  readonly health: Health;
  readonly figures: Metrics;
  readonly refusals: Refusals;
}

interface WhatHttpNeeds {
  readonly settings: Settings;
  readonly log: Log;
  readonly accounts: AccountsPart;
  readonly tours: ToursPart;
  readonly listeners: ListenersPart;
  readonly streams: StreamsPart;
  readonly pace: PacePart;
  readonly quality: QualityPart;
  readonly network: NetworkPart;
  readonly boxNews: BoxNewsPart;
  /** Whose routes it answers, and of which it tells how they are. */
  readonly parts: readonly Part[];
}

/** The way in to all other parts. */
export function httpPart({ settings, log, parts, ...others }: WhatHttpNeeds): HttpPart {
  const { accounts, tours, listeners, streams, pace, quality, network, boxNews } = others;
  const health = new Health({ checks: parts.map(({ checks }) => checks ?? {}) });
  const metrics = new Metrics();
  for (const part of parts) part.metrics?.(metrics.registry);
  gauges(metrics.registry, {
    name: 'ubizo_part_degraded',
    help: '1: this part of /healthz is not well, or does less than it should',
    label: 'part',
    read: () =>
      new Map(Object.entries(health.check().parts).map(([part, how]) => [part, Number(isDegraded(how))])),
  });
  const refusals = new Refusals({ log });
  counter(metrics.registry, {
    name: 'ubizo_refusals_total',
    help: 'Calls refused, by error code',
    label: 'code',
    read: () => refusals.counts,
  });
  const server = new HttpServer({
    host: settings.host,
    port: settings.httpPort,
    httpsPort: settings.httpsPort,
    routes: [...healthRoutes({ health, metrics }), ...parts.flatMap(({ routes }) => routes ?? [])],
    attendeeSides: parts.flatMap(({ attendeeSide }) => attendeeSide ?? []),
    deskSides: parts.flatMap(({ deskSide }) => deskSide ?? []),
    sockets: parts.flatMap(({ sockets }) => sockets ?? []),
    access: accounts.access,
    tokens: accounts.tokens,
    tours: tours.tours,
    deskViews: tours.deskViews,
    listeners: listeners.listeners,
    streams: streams.streams,
    paces: pace.paces,
    qualities: quality.qualities,
    portal: network.network.portal,
    pagesRoot: PAGES,
    arrivals: tours.arrivals,
    openNews: tours.openNews,
    boxNews: boxNews.news,
    refusals,
    log,
  });
  return {
    name: 'http',
    server,
    health,
    figures: metrics,
    refusals,
    start: () => server.start(),
    stop: () => server.stop(),
  };
}
