import type { Registry } from 'prom-client';
import { Floors } from '../floor/floors.ts';
import { gauge } from '../health/metrics.ts';
import { Engines } from '../interpreter/engines.ts';
import type { Log } from '../log.ts';
import { Claims } from '../microphone/claims.ts';
import { MicrophoneTaps } from '../microphone/microphone-taps.ts';
import { Microphones } from '../microphone/microphones.ts';
import { portsOf, type Settings } from '../settings.ts';
import { defaultShards, Shards } from '../shard/shards.ts';
import type { BreakersPart } from './ice.ts';
import type { Part } from './part.ts';
import type { BoxState } from './storage.ts';

export interface ShardsPart extends Part {
  readonly shards: Shards;
  /** How many threads there are. */
  readonly count: number;
  /** Every thread has begun. */
  readonly ready: () => Promise<void>;
}

/** The threads that hold the phones' connections. They load what they need while this one sees to the other parts. */
export function shardsPart({ settings, log }: { settings: Settings; log: Log }): ShardsPart {
  const portRange = portsOf(settings.mediaPorts);
  const count = settings.shards || defaultShards(portRange);
  const shards = new Shards({ log, count, portRange });
  let begun: Promise<void> = Promise.resolve();
  return {
    name: 'shards',
    shards,
    count,
    ready: () => begun,
    start: () => {
      begun = shards.start();
      // Whoever waits for them is told.
      begun.catch(() => undefined);
    },
    stop: () => shards.stop(),
    checks: {
      shards: () =>
        shards.sound ? { ok: true } : { ok: false, detail: 'a thread of connections is being restarted' },
    },
    metrics: (registry) => countPackets(registry, shards),
  };
}

function countPackets(registry: Registry, shards: Shards): void {
  const total = (of: (one: Shards['punctuality'][number]) => number): number =>
    shards.punctuality.reduce((sum, one) => sum + of(one), 0);
  gauge(registry, 'ubizo_frame_late_p99_ms', 'From encoded to sent to everyone, last second', () =>
    Math.max(0, ...shards.punctuality.map(({ lateMsP99 }) => lateMsP99)),
  );
  gauge(registry, 'ubizo_packets_per_second', 'Packets of sound sent', () => total(({ packets }) => packets));
  gauge(registry, 'ubizo_packets_dropped_per_second', 'Packets the network took none of', () =>
    total(({ dropped }) => dropped),
  );
  gauge(registry, 'ubizo_packets_stale_per_second', 'Packets left out for being half a second late', () =>
    total(({ tooLate }) => tooLate),
  );
}

export interface MicrophonesPart extends Part {
  readonly microphones: Microphones;
  readonly claims: Claims;
  /** For who hears a tour's microphone before the tour. */
  readonly taps: MicrophoneTaps;
  /** Where it is heard. */
  readonly floors: Floors;
}

/** Where sound comes from; each is opened by the tour that needs it. */
export function microphonesPart({
  settings,
  log,
  shards: { shards },
}: {
  settings: Settings;
  log: Log;
  shards: ShardsPart;
}): MicrophonesPart {
  const microphones = new Microphones({
    configured: settings.microphone,
    log,
    openPeer: (connection) => shards.open(connection),
  });
  const claims = new Claims({ isShared: (id) => microphones.isShared(id) });
  const floors = new Floors({
    gated: settings.noiseGate === 'on',
    onListenerError: (error) => log.error({ err: error }, 'a part failed to hear the floor'),
  });
  return { name: 'microphones', microphones, claims, taps: new MicrophoneTaps({ log }), floors };
}

export interface InterpreterPart extends Part {
  readonly engines: Engines;
}

export function interpreterPart({
  settings,
  log,
  state,
  breakers: { breakers },
}: {
  settings: Settings;
  log: Log;
  state: BoxState;
  breakers: BreakersPart;
}): InterpreterPart {
  const engines = new Engines({ settings, savedKey: () => state.kept.device.openaiKey, breakers, log });
  return {
    name: 'interpreter',
    engines,
    start: () => engines.start(),
    stop: () => engines.stop(),
    checks: {
      interpreter: () => ({ ok: true, detail: engines.detail, ...(engines.trouble && { degraded: true }) }),
    },
  };
}
