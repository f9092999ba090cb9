import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { impersonal } from '../health/impersonal.ts';
import { shownSettings } from '../health/shown-settings.ts';
import { diagnosticsRoutes } from '../http/routes/diagnostics.ts';
import type { RecentLog } from '../log.ts';
import type { DiagnosticsView, TourDiagnosis, TourDiagnosticsView } from '../protocol/diagnostics.ts';
import type { NarrowestView } from '../protocol/last-hour.ts';
import type { Settings } from '../settings.ts';
import type { Tour } from '../tour/tour.ts';
import type { BoxNewsPart } from './box-news.ts';
import type { HttpPart } from './http.ts';
import type { BreakersPart } from './ice.ts';
import type { LastHourPart } from './last-hour.ts';
import type { ListenersPart } from './listeners.ts';
import type { ShardsPart } from './media.ts';
import type { Part } from './part.ts';
import type { QualityPart } from './quality.ts';
import type { StreamsPart } from './streams.ts';
import type { ToursPart } from './tours.ts';

interface WhatIsTold {
  readonly settings: Settings;
  readonly version: string;
  readonly recent: RecentLog;
  readonly tours: ToursPart;
  readonly listeners: ListenersPart;
  readonly quality: QualityPart;
  readonly streams: StreamsPart;
  readonly shards: ShardsPart;
  readonly breakers: BreakersPart;
  readonly boxNews: BoxNewsPart;
  readonly lastHour: LastHourPart;
  /** Which is made after it. */
  readonly http: () => HttpPart;
}

/** All that the box knows of how it works, in one place, and of nobody. */
export function diagnosticsPart({
  settings,
  version,
  recent,
  tours: { tours },
  listeners: { listeners },
  quality,
  streams: { streams },
  shards: { shards },
  breakers: { breakers },
  boxNews: { news },
  lastHour: { lastHour, board, uplink, narrowestNow },
  http,
}: WhatIsTold): Part {
  const about = async (chosen: readonly Tour[]): Promise<TourDiagnosticsView> => {
    const numbers = new Map(chosen.map(({ record }, at) => [record.id, at + 1]));
    const narrowest: NarrowestView = await narrowestNow();
    return {
      at: Date.now(),
      version,
      tours: chosen.map((tour, at) => diagnosisOf(tour, at + 1)),
      connections: [...listeners.all].flatMap((listener) => {
        const tour = numbers.get(listener.tour);
        if (tour === undefined) return [];
        const { state, waiting, language, openedAt, quality } = listener;
        return {
          tour,
          state,
          waiting,
          ...(language !== undefined && { language }),
          forS: Math.round((performance.now() - openedAt) / 1_000),
          ...quality,
        };
      }),
      pool: { ...news.now(), waiting: listeners.waiting, shards: shards.diagnosis },
      narrowest,
    };
  };
  const diagnose = async (): Promise<DiagnosticsView> => {
    const [view, boardNow, uplinkNow] = await Promise.all([about(tours.all()), board.look(), uplink.look()]);
    const { health, refusals } = http();
    return {
      ...view,
      node: process.version,
      machine: {
        processor: cpus()[0]?.model ?? '',
        cores: availableParallelism(),
        memoryBytes: totalmem(),
        freeBytes: freemem(),
        usedBytes: process.memoryUsage().rss,
      },
      upS: Math.round(process.uptime()),
      health: Object.fromEntries(
        Object.entries(health.check().parts).map(([name, { ok, detail }]) => [
          name,
          { ok, ...(detail !== undefined && { detail: impersonal(detail) }) },
        ]),
      ),
      board: boardNow,
      uplink: uplinkNow,
      ways: { webrtc: listeners.size, ...Object.fromEntries(streams.byWay) },
      hearing: { ...quality.distribution() },
      attempts: Object.fromEntries(listeners.attempts.counts),
      refusals: Object.fromEntries(refusals.counts),
      breakers: Object.fromEntries(breakers.states),
      recoveries: [...listeners.recoveries.counts],
      settings: shownSettings(settings),
      log: recent.lines.map(impersonal),
    };
  };
  return {
    name: 'diagnostics',
    routes: diagnosticsRoutes({
      tours,
      diagnose,
      diagnoseTour: (tour) => about([tour]),
      lastHour,
      metrics: () => http().figures.text(),
    }),
  };
}

/** A tour without its name, its code and who is there. */
function diagnosisOf(tour: Tour, number: number): TourDiagnosis {
  const { state, muted, microphone, channels, spend } = tour.deskView();
  return {
    tour: number,
    state,
    muted,
    microphone: {
      kind: microphone.id.split(':')[0] ?? '',
      state: microphone.state,
      ...(microphone.problem && { problem: microphone.problem.code }),
    },
    sessions: channels.map(({ language, state: heard, by, lagMs, listeners, readers, pace, problem }) => ({
      language,
      state: heard,
      by,
      lagMs,
      listeners,
      readers,
      ...(pace && { pace }),
      ...(problem && { problem: problem.code }),
    })),
    spend: { usd: spend.usd, capUsd: spend.capUsd, state: spend.state },
  };
}
