import { createHash, timingSafeEqual } from 'node:crypto';
import { normaliseCode } from '../protocol/codes.ts';
import { newSetupCode } from './setup-code.ts';

const LASTS_MS = 3_600_000;
const MOST_WRONG = 10;

interface PasswordCode {
  readonly hash: Buffer;
  readonly until: number;
  wrong: number;
}

export interface PasswordCodesOptions {
  readonly clock: { now(): number };
}

/**
 * One-time codes by which those who have forgotten their password choose a new one: the owner gives them, from mouth to
 * ear. Kept in memory only; a box that was switched off has forgotten them.
 */
export class PasswordCodes {
  private readonly options: PasswordCodesOptions;
  private readonly byAccount = new Map<string, PasswordCode>();

  constructor(options: PasswordCodesOptions) {
    this.options = options;
  }

  /** In place of the one before. `until`: ms since the epoch. */
  issue(account: string): { code: string; until: number } {
    const code = newSetupCode();
    const until = this.options.clock.now() + LASTS_MS;
    this.byAccount.set(account, { hash: hashOf(code), until, wrong: 0 });
    return { code, until };
  }

  /** A code that was guessed at too often is good no more. */
  matches(account: string, typed: string): boolean {
    const known = this.byAccount.get(account);
    if (!known || known.until < this.options.clock.now()) return false;
    if (timingSafeEqual(known.hash, hashOf(normaliseCode(typed)))) return true;
    known.wrong += 1;
    if (known.wrong >= MOST_WRONG) this.forget(account);
    return false;
  }

  forget(account: string): void {
    this.byAccount.delete(account);
  }
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest();
}
