import { RateLimiterMemory } from 'rate-limiter-flexible';
import { UbizoError } from '../protocol/errors.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How many wrong tries, in how many seconds, from where; then how long nobody may try, growing twofold. */
interface Measure {
  readonly tries: number;
  readonly within: number;
  readonly firstLock: number;
  readonly longestLock: number;
}

/** One person at one phone. */
const PAIR: Measure = { tries: 5, within: 15 * MINUTE, firstLock: 30, longestLock: HOUR };
/** A group behind one address (NAT) has some who mistype. */
const ADDRESS: Measure = { tries: 60, within: 15 * MINUTE, firstLock: MINUTE, longestLock: HOUR };
/** One account, from many addresses: short, because anyone on the Wi-Fi can bring it about. */
const ACCOUNT: Measure = { tries: 50, within: HOUR, firstLock: MINUTE, longestLock: 15 * MINUTE };

/** Slows down whoever guesses passwords. A try is counted before it is checked, so that many at once count, too. */
export class Lockout {
  private readonly pairs = new GrowingLock(PAIR);
  private readonly addresses = new GrowingLock(ADDRESS);
  private readonly accounts = new GrowingLock(ACCOUNT);

  /** Counts a try. @throws UbizoError `too_many_attempts`; then it is not to be checked. */
  async count(email: string, address: string): Promise<void> {
    // What is refused anyway counts against nobody, and leaves nothing behind to be remembered.
    await this.addresses.expectOpen(address);
    await this.accounts.expectOpen(email);
    // Who goes on in spite of their own lock does not lock out the others behind their address.
    await this.pairs.take(`${address} ${email}`);
    await this.addresses.take(address);
    await this.accounts.take(email);
  }

  /** The try could not be checked: it counts against nobody. */
  async giveBack(email: string, address: string): Promise<void> {
    await Promise.all([
      this.pairs.giveBack(`${address} ${email}`),
      this.addresses.giveBack(address),
      this.accounts.giveBack(email),
    ]);
  }

  /** The try was right: it does not count, and its person begins anew. */
  async right(email: string, address: string): Promise<void> {
    await Promise.all([
      this.addresses.giveBack(address),
      this.pairs.forget(`${address} ${email}`),
      this.accounts.giveBack(email),
    ]);
  }
}

class GrowingLock {
  private readonly measure: Measure;
  private readonly tries: RateLimiterMemory;
  /** How often it was locked within a day. */
  private readonly locks = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 24 * HOUR });

  constructor(measure: Measure) {
    this.measure = measure;
    this.tries = new RateLimiterMemory({ points: measure.tries, duration: measure.within });
  }

  async expectOpen(key: string): Promise<void> {
    const left = await this.tries.get(key);
    if (left && left.consumedPoints > this.measure.tries) throw tooMany(left.msBeforeNext / 1_000);
  }

  async take(key: string): Promise<void> {
    await this.expectOpen(key);
    const { consumedPoints } = await this.tries.penalty(key);
    if (consumedPoints <= this.measure.tries) return;
    const seconds = await this.nextLock(key);
    await this.tries.block(key, seconds);
    throw tooMany(seconds);
  }

  async giveBack(key: string): Promise<void> {
    const left = await this.tries.get(key);
    if (!left) return;
    if (left.consumedPoints > 1) await this.tries.reward(key);
    else await this.tries.delete(key);
  }

  async forget(key: string): Promise<void> {
    await Promise.all([this.tries.delete(key), this.locks.delete(key)]);
  }

  private async nextLock(key: string): Promise<number> {
    const { firstLock, longestLock } = this.measure;
    const { consumedPoints: times } = await this.locks.penalty(key);
    return Math.min(firstLock * 2 ** (times - 1), longestLock);
  }
}

function tooMany(seconds: number): UbizoError {
  const wait =
    seconds < 90 ? `${Math.max(1, Math.ceil(seconds))} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new UbizoError('too_many_attempts', `Too many wrong passwords. Wait ${wait}, then try again.`, {
    retryAfterS: seconds,
  });
}
