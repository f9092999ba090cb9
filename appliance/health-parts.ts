import { Health } from './health/health.ts';
import { Metrics } from './health/metrics.ts';
import type { Refusals } from './http/refusals.ts';
import type { Engines } from './interpreter/engines.ts';
import type { Listeners } from './listener/listeners.ts';
import type { Problem } from './protocol/errors.ts';
import type { Shards } from './shard/shards.ts';
import type { Tours } from './tour/tours.ts';

interface WhatIsWatched {
  readonly engines: Engines;
  readonly listeners: Listeners;
  readonly shards: Shards;
  readonly tours: Tours;
  readonly storageProblem: () => Problem | undefined;
  readonly refusals: Refusals;
}

/** How the box is, for machines: the part of the composition root (appliance.ts) that looks at all others. */
export function healthParts({ engines, listeners, shards, tours, storageProblem, refusals }: WhatIsWatched): {
  readonly health: Health;
  readonly metrics: Metrics;
} {
  const health = new Health({
    checks: {
      storage: () => {
        const problem = storageProblem();
        return problem ? { ok: false, detail: problem.message, lasting: true } : { ok: true };
      },
      interpreter: () => ({ ok: true, detail: engines.detail }),
      listeners: () => ({ ok: true, detail: String(listeners.size) }),
      shards: () =>
        shards.sound ? { ok: true } : { ok: false, detail: 'a thread of connections is being restarted' },
    },
  });
  const metrics = new Metrics({
    listeners: () => listeners.size,
    liveTours: () =>
      tours.all().filter(({ record }) => record.state === 'live' || record.state === 'paused').length,
    lateMsP99: () => Math.max(0, ...shards.punctuality.map(({ lateMsP99 }) => lateMsP99)),
    packetsPerSecond: () => shards.punctuality.reduce((sum, { packets }) => sum + packets, 0),
    droppedPerSecond: () => shards.punctuality.reduce((sum, { dropped }) => sum + dropped, 0),
    refusals: () => refusals.counts,
  });
  return { health, metrics };
}
