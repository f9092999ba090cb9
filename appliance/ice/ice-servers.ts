import type { Breakers } from '../breaker/breakers.ts';
import type { Log } from '../log.ts';
import type { IceServer } from '../protocol/ice.ts';
import { IceServerWatch, type NamedServer, type Probe } from './ice-server-watch.ts';

/** Longer than any tour: a phone that comes back on the way has them still. */
const CREDENTIALS_MS = 12 * 3_600_000;

export interface IceServersOptions {
  /** In the order of preference. */
  readonly configured: readonly NamedServer[];
  /** The box's own, asked for before each round: it comes and goes. */
  readonly own: () => Promise<readonly NamedServer[]>;
  readonly probe: Probe;
  readonly breakers: Breakers;
  /** From the begin of a round to that of the next, and how long a server may take to answer. */
  readonly everyMs: number;
  readonly patienceMs: number;
  readonly log: Log;
}

/** STUN and TURN servers for phones that do not reach the box themselves: only those that answer are offered. */
export class IceServers {
  private readonly options: IceServersOptions;
  private watches: readonly IceServerWatch[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();

  constructor(options: IceServersOptions) {
    this.options = options;
  }

  /** Begins the first round, and does not wait for it. */
  start(): void {
    void this.round();
    this.timer = setInterval(() => void this.round(), this.options.everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopping.abort();
  }

  /** All there are, in order, as they answered last. */
  get all(): readonly IceServerWatch[] {
    return this.watches;
  }

  /** For one phone: those that answer, in order, with credentials of its own where they are made. */
  offer(): IceServer[] {
    const endsAtMs = Date.now() + CREDENTIALS_MS;
    return this.watches
      .filter(({ healthy }) => healthy)
      .map((watch) => ({ urls: watch.setting.url, ...watch.credentials(endsAtMs) }));
  }

  /** Asks every server once, all at the same time. */
  async round(): Promise<void> {
    const { configured, own, patienceMs } = this.options;
    const wanted = [...(await own()), ...configured];
    if (this.stopping.signal.aborted) return;
    this.watches = this.renewed(wanted);
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(patienceMs)]);
    await Promise.all(this.watches.map((watch) => watch.look(signal)));
  }

  /** Those that are wanted: known ones as they are. */
  private renewed(wanted: readonly NamedServer[]): readonly IceServerWatch[] {
    const { probe, breakers, log } = this.options;
    const known = new Map(this.watches.map((watch) => [keyOf(watch), watch]));
    const kept = new Set(wanted.map((server) => keyOf(server)));
    for (const [key, watch] of known) if (!kept.has(key)) watch.leave();
    return wanted.map(
      (server) => known.get(keyOf(server)) ?? new IceServerWatch({ ...server, probe, breakers, log }),
    );
  }
}

const keyOf = ({ name, setting }: NamedServer): string => JSON.stringify([name, setting]);
