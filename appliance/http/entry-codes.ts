import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normaliseCode } from '../protocol/codes.ts';
import { UbizoError } from '../protocol/errors.ts';
import { takeOne } from './address-limits.ts';
import { tooManyCodes } from './tour-codes.ts';

/**
 * Per address and tour. A coach of 60 shares an address (NAT), and each of them may mistype twice; whoever tries four
 * digits needs half a day.
 */
const WRONG_ENTRY_CODES = { points: 120, duration: 600 };

/** The codes that tours ask strangers for, beside their own: nobody finds one by trying, whichever way they come in. */
export class EntryCodes {
  private readonly wrong = new RateLimiterMemory(WRONG_ENTRY_CODES);

  /**
   * @param given without what people type around a code
   * @throws UbizoError `entry_code_needed`, `wrong_entry_code`, `too_many_attempts`.
   */
  async expect(
    { id, entryCode }: { readonly id: string; readonly entryCode?: string | undefined },
    given: string,
    address: string,
  ): Promise<void> {
    if (!entryCode) return;
    if (given === '')
      throw new UbizoError('entry_code_needed', 'This tour asks for an entry code. Your guide has it.');
    const key = `${id} ${address}`;
    const tried = await this.wrong.get(key);
    if (tried?.remainingPoints === 0) throw tooManyCodes(tried.msBeforeNext / 1_000);
    if (given === normaliseCode(entryCode)) return;
    await takeOne(this.wrong, key, 'Too many wrong codes from this network.');
    throw new UbizoError(
      'wrong_entry_code',
      'This is not the entry code of this tour. Ask your guide for it.',
    );
  }
}
