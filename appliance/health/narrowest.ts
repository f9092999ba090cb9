import type { BoardView, UplinkView, WifiView } from '../protocol/box-state.ts';
import type { NarrowestView, Resource } from '../protocol/last-hour.ts';

/** What is in use now, as far as it is known. */
export interface InUse {
  /** Of the busiest thread, 0 to 1. */
  readonly thread?: number | undefined;
  readonly listeners: number;
  readonly mostListeners: number;
  readonly packetsPerSecond: number;
  readonly wifi?: Pick<WifiView, 'network' | 'ssid'> | undefined;
  /** Phones on the box's own Wi-Fi. */
  readonly phones?: number | undefined;
  readonly uplink: UplinkView;
  readonly modelSessions: number;
  readonly board: BoardView;
  /** Of the tours that go on: the greatest share of a cap that is spent. */
  readonly spent?: number | undefined;
}

/** What docs/capacity.md plans with; a test compares. */
export const CAPACITY = {
  /** Packets a second and phones that a small board's own radio carries. */
  ownRadioPackets: 1_000,
  ownRadioPhones: 10,
  /** Upwards for each language at the translation service, and what each kind of uplink is taken for, Mbit/s. */
  sessionMbps: 0.5,
  uplinkMbps: { mobile: 5, wifi: 10, cable: 20, none: 0 },
  /** From here it is about to be slowed down; at that it stands by itself. */
  hotC: 80,
  idleC: 40,
  /** Less free storage than that is too little. */
  leastFreeBytes: 1_000_000_000,
} as const;

/** Of all that a box can run out of, what is nearest to its end. */
export function narrowest(now: InUse): NarrowestView {
  const { of, used } = shares(now).reduce((most, one) => (one.used > most.used ? one : most));
  return { of, used: Math.round(used * 100) / 100 };
}

function shares(now: InUse): NarrowestView[] {
  const all: [Resource, number | undefined][] = [
    ['listeners', now.listeners / Math.max(1, now.mostListeners)],
    ['processor', now.thread],
    ...radioShares(now),
    ['uplink', uplinkShare(now)],
    ['heat', heatShare(now.board)],
    ['storage', now.board.storage && CAPACITY.leastFreeBytes / Math.max(1, now.board.storage.freeBytes)],
    ['money', now.spent],
  ];
  return all.flatMap(([of, used]) => (used === undefined ? [] : [{ of, used }]));
}

/** Access points on a cable tell the box nothing of themselves. */
function radioShares({ wifi, phones, packetsPerSecond }: InUse): [Resource, number | undefined][] {
  if (wifi?.network !== 'own' || wifi.ssid === undefined || wifi.ssid === '') return [];
  return [
    ['air', packetsPerSecond / CAPACITY.ownRadioPackets],
    ['access-point', phones && phones / CAPACITY.ownRadioPhones],
  ];
}

/** Where no language needs it, it is nobody's bottleneck. */
function uplinkShare({ uplink: { via, online }, modelSessions }: InUse): number | undefined {
  if (online === false && modelSessions > 0) return 1;
  if (modelSessions === 0) return undefined;
  return (modelSessions * CAPACITY.sessionMbps) / Math.max(CAPACITY.sessionMbps, CAPACITY.uplinkMbps[via]);
}

function heatShare({ temperatureC, power }: BoardView): number | undefined {
  if (power === 'hot') return 1;
  if (temperatureC === undefined) return undefined;
  return Math.max(0, (temperatureC - CAPACITY.idleC) / (CAPACITY.hotC - CAPACITY.idleC));
}
