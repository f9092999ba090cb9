import { timingSafeEqual, createHash } from 'node:crypto';
import { customAlphabet } from 'nanoid';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { normaliseCode } from '../protocol/codes.ts';
import { UbizoError } from '../protocol/errors.ts';

/** Read off a label and typed on a phone: no characters that look alike. 40 bits. */
export const newSetupCode = customAlphabet('23456789ABCDEFGHJKMNPQRSTVWXYZ', 8);

const TRIES = { points: 10, duration: 15 * 60 };

/** The code that proves that who sets the box up holds it. Guessing is slowed per address. */
export class SetupCode {
  private readonly code: () => string;
  private readonly tries = new RateLimiterMemory(TRIES);

  constructor({ code }: { code: () => string }) {
    this.code = code;
  }

  /** @throws UbizoError `wrong_setup_code`, `too_many_attempts`. */
  async check(typed: string, address: string): Promise<void> {
    if ((await this.tries.get(address))?.remainingPoints === 0) throw tooMany();
    const code = normaliseCode(this.code());
    // Nothing is left of a code that is all dashes: it lets nobody in.
    if (code !== '' && same(normaliseCode(typed), code)) {
      await this.tries.delete(address);
      return;
    }
    await this.tries.consume(address).catch(() => {
      throw tooMany();
    });
    throw new UbizoError(
      'wrong_setup_code',
      'That is not this box’s setup code. It is printed at the start and on the label.',
    );
  }
}

function tooMany(): UbizoError {
  return new UbizoError(
    'too_many_attempts',
    'Too many wrong codes. Wait a quarter of an hour, then try again.',
    { retryAfterS: TRIES.duration },
  );
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
