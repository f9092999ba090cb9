import { randomBytes } from 'node:crypto';
import type { SigningKey } from '../device/section.ts';
import type { Sectioned } from '../storage/section.ts';
import type { AccountState } from './section.ts';

const DAY = 24 * 3_600_000;
const SIGNS_FOR = 30 * DAY;
/** As long as the longest token that a key may have signed (an attendee's pass), and an hour. */
const VERIFIES_FOR = DAY + 3_600_000;
const LOOK_EVERY_MS = 3_600_000;

export function newSigningKey(now: number): SigningKey {
  return {
    id: randomBytes(6).toString('base64url'),
    key: randomBytes(32).toString('base64url'),
    createdAt: now,
  };
}

export interface KeysOptions {
  readonly state: Sectioned<Pick<AccountState, 'device' | 'sessions'>>;
  readonly clock: { now(): number };
}

/** The keys that sign tokens: the newest signs, those before it verify until what they signed has expired. */
export class Keys {
  private readonly options: KeysOptions;
  private looking: NodeJS.Timeout | undefined;

  constructor(options: KeysOptions) {
    this.options = options;
  }

  start(): void {
    void this.renew();
    this.looking = setInterval(() => void this.renew(), LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.looking);
  }

  /** @returns the key that signs. */
  get current(): SigningKey {
    const key = this.options.state.kept.device.signingKeys.at(-1);
    if (!key) throw new Error('A box has a signing key.');
    return key;
  }

  get all(): readonly SigningKey[] {
    return this.options.state.kept.device.signingKeys;
  }

  find(id: string | undefined): SigningKey | undefined {
    return this.all.find((key) => key.id === id);
  }

  /** From now on nothing that was signed before is good, and nobody is signed in. @throws UbizoError `storage_failed`. */
  async replaceAll(): Promise<void> {
    const key = newSigningKey(this.options.clock.now());
    await this.options.state.update((draft) => {
      draft.device.signingKeys = [key];
      draft.sessions = [];
    });
  }

  /** Makes a new key when the newest is old, and lets go of those that have verified long enough. */
  private async renew(): Promise<void> {
    const renewed = this.renewed(this.all);
    if (!renewed) return;
    const change = this.options.state.update(({ device }) => {
      device.signingKeys = this.renewed(device.signingKeys) ?? device.signingKeys;
    });
    // What cannot be saved is told by the storage; the keys that there are go on.
    await change.catch(() => undefined);
  }

  private renewed(keys: readonly SigningKey[]): SigningKey[] | undefined {
    const now = this.options.clock.now();
    const kept = keys.filter((_, at) => {
      const successor = keys[at + 1];
      return !successor || now - successor.createdAt < VERIFIES_FOR;
    });
    const old = now - (keys.at(-1)?.createdAt ?? 0) >= SIGNS_FOR;
    if (old) return [...kept, newSigningKey(now)];
    return kept.length === keys.length ? undefined : kept;
  }
}
