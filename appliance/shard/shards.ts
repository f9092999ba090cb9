import { availableParallelism } from 'node:os';
import type { Log } from '../log.ts';
import type { IceAnswer } from '../peer/ice-fragment.ts';
import type { Punctuality } from './messages.ts';
import { Shard } from './shard.ts';
import type { Connection, ShardPeer } from './shard-peer.ts';

/** One core stays free for the microphone, the interpreters and the pages; each shard needs a port of its own. */
export function defaultShards([first, last]: readonly [number, number] = [1, Infinity]): number {
  return Math.min(last - first + 1, Math.max(1, availableParallelism() - 1));
}

interface ShardDiagnosis {
  readonly connections: number;
  readonly packetsPerSecond: number;
  readonly droppedPerSecond: number;
  readonly lateMsP99: number;
}

export interface ShardsOptions {
  readonly log: Log;
  readonly count?: number;
  /** First and last UDP port for media; any when left out. */
  readonly portRange?: readonly [number, number] | undefined;
  /** Longest frame that will be sent, ms. */
  readonly maxPtime?: number;
  /** Frames that a thread was kept from sending for longer are left out, ms; half a second by default. */
  readonly tooLateMs?: number;
}

/** All the threads that hold connections to phones; a new one goes where there are fewest. */
export class Shards {
  private readonly shards: readonly Shard[];

  /** @throws RangeError when there are fewer ports than threads: none may take one outside of the range. */
  constructor({ log, count = defaultShards(), portRange, maxPtime = 60, tooLateMs }: ShardsOptions) {
    if (portRange && portRange[1] - portRange[0] + 1 < count)
      throw new RangeError(`${count} shards need as many ports`);
    if (portRange && count < defaultShards())
      log.info({ shards: count, ports: portRange }, 'fewer shards than this machine could use');
    this.shards = Array.from(
      { length: count },
      (_, index) => new Shard({ log, maxPtime, tooLateMs, ports: portsOf(index, count, portRange) }),
    );
  }

  get size(): number {
    return this.shards.reduce((sum, { load }) => sum + load, 0);
  }

  /** Whether every thread is there; one that died is back within moments. */
  get sound(): boolean {
    return this.shards.every(({ running }) => running);
  }

  /** Share of the time since this was last asked that each thread was at work, 0 to 1. */
  takeBusy(): readonly number[] {
    return this.shards.map((shard) => shard.takeBusy());
  }

  /** How much each thread has to do, in its last second. */
  get diagnosis(): ShardDiagnosis[] {
    return this.shards.map(({ load, punctuality }) => ({
      connections: load,
      packetsPerSecond: punctuality?.packets ?? 0,
      droppedPerSecond: punctuality?.dropped ?? 0,
      lateMsP99: punctuality?.lateMsP99 ?? 0,
    }));
  }

  /** What each thread last said of its punctuality, once a second. */
  get punctuality(): readonly Punctuality[] {
    return this.shards.flatMap(({ punctuality }) => punctuality ?? []);
  }

  async start(): Promise<void> {
    await Promise.all(this.shards.map((shard) => shard.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.shards.map((shard) => shard.stop()));
  }

  /** Ends a thread as a crash would. For drills. */
  async kill(index: number): Promise<void> {
    await this.shards[index]?.kill();
  }

  /** Answers an offer. @throws UbizoError `bad_sdp`, `media_port_unavailable`, `listener_not_found`. */
  open(connection: Connection): Promise<{ peer: ShardPeer; answer: IceAnswer }> {
    const emptiest = this.shards.reduce((best, shard) =>
      Number(shard.running) - Number(best.running) || best.load - shard.load > 0 ? shard : best,
    );
    return emptiest.open(connection);
  }
}

/** Every thread's ports are its own, so that two never try the same one. */
function portsOf(index: number, count: number, range: readonly [number, number] | undefined): number[] {
  if (!range) return [];
  const [first, last] = range;
  const all = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  return all.filter((_, offset) => offset % count === index);
}
