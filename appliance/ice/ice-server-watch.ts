import type { Breaker } from '../breaker/breaker.ts';
import type { Breakers } from '../breaker/breakers.ts';
import type { Log } from '../log.ts';
import { iceUrl, type IceServerSetting, type IceUrl } from '../settings/ice-servers.ts';
import { type Credentials, timeLimited } from './credentials.ts';

/** Does what a phone would, until the signal. @throws when the server does not do its part. */
export type Probe = (
  server: IceUrl,
  credentials: Credentials | undefined,
  signal: AbortSignal,
) => Promise<void>;

export interface NamedServer {
  /** In metrics and on pages, where an address has no place. */
  readonly name: string;
  readonly setting: IceServerSetting;
}

/** What the error rate is of: with a round every 30 s, the last ten minutes. */
const ROUNDS = 20;
/** What the box makes for itself need not live longer than its probe. */
const PROBE_CREDENTIALS_MS = 60_000;
/** The probe of every round is the trial, and one that fails is enough: others have the server's place. */
const BREAKER = { failures: 1, restMs: 0 };

/** One STUN or TURN server, and how it answered lately. */
export class IceServerWatch implements NamedServer {
  readonly name: string;
  readonly setting: IceServerSetting;
  private readonly probe: Probe;
  private readonly breakers: Breakers;
  private readonly breaker: Breaker;
  private readonly log: Log;
  private readonly rounds: boolean[] = [];
  private lastMs: number | undefined;

  constructor({
    name,
    setting,
    probe,
    breakers,
    log,
  }: NamedServer & { readonly probe: Probe; readonly breakers: Breakers; readonly log: Log }) {
    this.name = name;
    this.setting = setting;
    this.probe = probe;
    this.breakers = breakers;
    this.breaker = breakers.of(name, BREAKER);
    this.log = log.child({ part: 'ice', server: name });
  }

  /** It answered when it was last asked. */
  get healthy(): boolean {
    return this.rounds.at(-1) === true;
  }

  /** It did not, when it was last asked. */
  get down(): boolean {
    return this.rounds.at(-1) === false;
  }

  /** From the first question to the last answer of its last good round; nothing before. */
  get responseMs(): number | undefined {
    return this.lastMs;
  }

  /** Share of the last {@link ROUNDS} rounds that failed, 0 to 1. */
  get errorRate(): number {
    if (this.rounds.length === 0) return 0;
    return this.rounds.filter((well) => !well).length / this.rounds.length;
  }

  /** Those of the settings, or new ones until `endsAtMs`. */
  credentials(endsAtMs: number): Credentials | undefined {
    const { secret, username, credential } = this.setting;
    if (secret !== undefined) return timeLimited(secret, endsAtMs);
    return username !== undefined && credential !== undefined ? { username, credential } : undefined;
  }

  async look(signal: AbortSignal): Promise<void> {
    const url = iceUrl(this.setting.url);
    // The last look may not be over yet.
    const attempt = url && this.breaker.enter();
    if (!attempt) return;
    const began = performance.now();
    try {
      await this.probe(url, this.credentials(Date.now() + PROBE_CREDENTIALS_MS), signal);
      this.lastMs = performance.now() - began;
      attempt.succeed();
      this.note(true);
    } catch (error) {
      attempt.fail();
      this.note(false, error);
    }
  }

  /** It is no longer wanted. */
  leave(): void {
    this.breakers.drop(this.name);
  }

  private note(well: boolean, error?: unknown): void {
    const before = this.rounds.at(-1);
    this.rounds.push(well);
    if (this.rounds.length > ROUNDS) this.rounds.shift();
    if (well && before !== true) this.log.info({ ms: this.lastMs }, 'an ICE server answers');
    if (!well && before !== false)
      this.log.warn(
        { reason: reasonOf(error) },
        'an ICE server does not answer as it should; phones are not sent to it',
      );
  }
}

/** What the system says to it names the server's host and address: of that its code is told, and no more. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
