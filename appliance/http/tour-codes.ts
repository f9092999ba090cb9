import { RateLimiterMemory } from 'rate-limiter-flexible';
import { UbizoError } from '../protocol/errors.ts';
import type { Tour } from '../tour/tour.ts';
import type { Tours } from '../tour/tours.ts';

/** Wrong codes per address: enough for a busload behind one address, too few to find a code by trying. */
const WRONG_CODES = { points: 60, duration: 60 };

/** Tours by the code that a stranger shows, whichever way they show it: nobody finds one by trying. */
export class TourCodes {
  private readonly tours: Pick<Tours, 'byCode'>;
  private readonly wrong = new RateLimiterMemory(WRONG_CODES);

  constructor({ tours }: { tours: Pick<Tours, 'byCode'> }) {
    this.tours = tours;
  }

  /** @throws UbizoError `code_unknown`, `too_many_attempts`. */
  async find(code: string, address: string): Promise<Tour> {
    if ((await this.wrong.get(address))?.remainingPoints === 0) throw tooManyCodes();
    try {
      return this.tours.byCode(code);
    } catch (error) {
      await this.wrong.consume(address).catch(() => {
        throw tooManyCodes();
      });
      throw error;
    }
  }
}

/** Of tours, or of their entrances. */
export function tooManyCodes(seconds: number = WRONG_CODES.duration): UbizoError {
  const wait = seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : 'a minute';
  return new UbizoError(
    'too_many_attempts',
    `Too many wrong codes from this network. Wait ${wait}, then try again.`,
    { retryAfterS: seconds },
  );
}
