import type { Registry } from 'prom-client';
import { Board } from '../health/board.ts';
import { LastHour } from '../health/last-hour.ts';
import { gauge } from '../health/metrics.ts';
import { narrowest } from '../health/narrowest.ts';
import { Processor } from '../health/processor.ts';
import type { Traffic } from '../network/uplink.ts';
import { Uplink } from '../network/uplink.ts';
import type { BoardView, UplinkView } from '../protocol/box-state.ts';
import type { BoxSample, NarrowestView } from '../protocol/last-hour.ts';
import type { Settings } from '../settings.ts';
import type { BoxNewsPart } from './box-news.ts';
import type { InterpreterPart, ShardsPart } from './media.ts';
import type { NetworkPart } from './network.ts';
import type { PacePart } from './pace.ts';
import type { Part } from './part.ts';
import type { QualityPart } from './quality.ts';
import type { ToursPart } from './tours.ts';

/** Where OpenAI's own servers are, when the settings name no others. */
const OPENAI = 'wss://api.openai.com';

/** In looks: a server elsewhere is tried no more than once a minute while nobody asks. */
const UPLINK_EVERY = 6;

export interface LastHourPart extends Part {
  readonly lastHour: LastHour;
  readonly board: Board;
  readonly uplink: Uplink;
  /** What the box is nearest to running out of. */
  readonly narrowest: (now: { readonly board: BoardView; readonly uplink: UplinkView }) => NarrowestView;
  readonly narrowestNow: () => Promise<NarrowestView>;
}

interface WhatIsLookedAt {
  readonly settings: Settings;
  readonly shards: ShardsPart;
  readonly interpreter: InterpreterPart;
  readonly tours: ToursPart;
  readonly boxNews: BoxNewsPart;
  readonly pace: PacePart;
  readonly quality: QualityPart;
  readonly network: NetworkPart;
}

/** What the box measures of itself every ten seconds: for the page of the last hour, the metrics, and what is narrow. */
export function lastHourPart({ settings, ...parts }: WhatIsLookedAt): LastHourPart {
  const { engines } = parts.interpreter;
  const { news } = parts.boxNews;
  const { shards } = parts.shards;
  const { spend } = parts.tours;
  const board = new Board({ data: settings.data });
  const server = serverOf(settings.openaiUrl ?? OPENAI);
  // Only where some language is interpreted by a server.
  const uplink = new Uplink({ server: () => (engines.chosen.name === 'openai' ? server : undefined) });
  const processor = new Processor();
  const rates = new Rates();
  let seen: { board: BoardView; uplink: UplinkView } | undefined;
  let turn = 0;
  const packets = (): number => shards.punctuality.reduce((sum, one) => sum + one.packets, 0);
  const look = async (): Promise<BoxSample> => {
    const known = turn++ % UPLINK_EVERY === 0 ? undefined : seen?.uplink;
    const [boardNow, uplinkNow, traffic] = await Promise.all([
      board.look(),
      known ?? uplink.look(),
      uplink.traffic(),
    ]);
    seen = { board: boardNow, uplink: uplinkNow };
    const { cpu, thread } = processor.take();
    const { temperatureC } = boardNow;
    const lagMs = parts.pace.greatestLagMs();
    const hearWell = parts.quality.hearWell();
    return {
      at: Date.now(),
      listeners: news.now().listeners,
      packetsPerSecond: packets(),
      thread: share(Math.max(thread, ...shards.takeBusy())),
      ...(cpu !== undefined && { cpu: share(cpu) }),
      ...(hearWell !== undefined && { hearWell: share(hearWell) }),
      ...(lagMs !== undefined && { lagMs: Math.round(lagMs) }),
      ...(temperatureC !== undefined && { temperatureC }),
      ...rates.take(traffic),
    };
  };
  const lastHour = new LastHour({ look });
  const narrow: LastHourPart['narrowest'] = (now) => {
    const { radio, leases } = parts.network.network;
    return narrowest({
      ...now,
      wifi: radio.state,
      phones: radio.state?.network === 'own' ? leases.all.length : undefined,
      thread: lastHour.newest?.thread,
      ...news.now(),
      packetsPerSecond: packets(),
      spent: spend().ofCap,
    });
  };
  return {
    name: 'last-hour',
    lastHour,
    board,
    uplink,
    narrowest: narrow,
    narrowestNow: async () => {
      const [boardNow, uplinkNow] = await Promise.all([board.look(), uplink.look()]);
      return narrow({ board: boardNow, uplink: uplinkNow });
    },
    start: () => lastHour.start(),
    stop: () => lastHour.stop(),
    metrics: (registry) =>
      tellOf(registry, {
        sample: () => lastHour.newest,
        board: () => seen?.board,
        uplink: () => seen?.uplink,
      }),
  };
}

function tellOf(
  registry: Registry,
  {
    sample,
    board,
    uplink,
  }: {
    sample: () => BoxSample | undefined;
    board: () => BoardView | undefined;
    uplink: () => UplinkView | undefined;
  },
): void {
  gauge(registry, 'ubizo_cpu_ratio', 'Share of the time that the cores were at work', () => sample()?.cpu);
  gauge(
    registry,
    'ubizo_busiest_thread_ratio',
    'The same of the busiest thread of the box',
    () => sample()?.thread,
  );
  gauge(registry, 'ubizo_temperature_celsius', 'Of the board', () => board()?.temperatureC);
  gauge(registry, 'ubizo_power_good', '0: too weak, or slowed down by heat', () => {
    const power = board()?.power;
    return power && Number(power === 'good');
  });
  gauge(registry, 'ubizo_battery_ratio', 'What is left in the battery', () => {
    const percent = board()?.battery?.percent;
    return percent === undefined ? undefined : percent / 100;
  });
  gauge(registry, 'ubizo_disk_free_bytes', 'Free for data', () => board()?.storage?.freeBytes);
  gauge(registry, 'ubizo_disk_size_bytes', 'Of the disk with the data', () => board()?.storage?.totalBytes);
  gauge(registry, 'ubizo_uplink_up', '1: the interpreter’s server answers', () => {
    const online = uplink()?.online;
    return online === undefined ? undefined : Number(online);
  });
}

/** From what an interface has counted, kbit/s since the last look. */
class Rates {
  private before: (Traffic & { at: number }) | undefined;

  take(traffic: Traffic | undefined): Pick<BoxSample, 'upKbps' | 'downKbps'> {
    const { before } = this;
    const at = performance.now();
    this.before = traffic && { ...traffic, at };
    if (!traffic || !before || traffic.name !== before.name || traffic.sent < before.sent) return {};
    const kbps = (bytes: number): number => Math.round((Math.max(0, bytes) * 8) / (at - before.at));
    return { upKbps: kbps(traffic.sent - before.sent), downKbps: kbps(traffic.received - before.received) };
  }
}

function share(figure: number): number {
  return Math.round(figure * 1_000) / 1_000;
}

function serverOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'ws:' ? 80 : 443) };
}
