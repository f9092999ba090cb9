import { hash, verify } from '@node-rs/argon2';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { UbizoError } from '../protocol/errors.ts';

/**
 * argon2id (RFC 9106) with 32 MiB and three passes: above OWASP's least, and cheap enough for a small board
 * (docs/benchmarks.md). One at a time, off the main thread, so that a busload does not make the guide's voice late.
 */
const COST = { memoryCost: 32 * 1_024, timeCost: 3, parallelism: 1, outputLen: 32 } as const;
const MOST_AT_ONCE = 1;
const MOST_WAITING = 40;

const SHORTEST = 8;

/** Makes and checks hashes of passwords, in PHC string format. */
export class Passwords {
  private readonly queue = bulkhead(MOST_AT_ONCE, MOST_WAITING);

  /** @throws UbizoError `weak_password`, `box_busy`. */
  async hash(password: string): Promise<string> {
    if (isShort(password)) {
      throw new UbizoError(
        'weak_password',
        `Choose a longer password: ${SHORTEST} characters at least. A few words in a row are easy to remember.`,
      );
    }
    return this.inTurn(() => hash(prepared(password), COST));
  }

  /** @throws UbizoError `box_busy`. */
  async matches(password: string, phc: string): Promise<boolean> {
    return this.inTurn(() => verify(phc, prepared(password)));
  }

  /** Takes as long as {@link matches} does, for an account that is not there. @throws UbizoError `box_busy`. */
  async pretend(): Promise<void> {
    await this.inTurn(() => hash('nobody', COST));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.queue.execute(work);
    } catch (error) {
      if (!(error instanceof BulkheadRejectedError)) throw error;
      throw new UbizoError(
        'box_busy',
        'Many people are signing in at this moment. Try again in a few seconds.',
        {
          cause: error,
          retryAfterS: 5,
        },
      );
    }
  }
}

export function isShort(password: string): boolean {
  return Array.from(prepared(password)).length < SHORTEST;
}

/** Keyboards write the same letters in different ways (RFC 8265, 4.2). */
function prepared(password: string): string {
  return password.normalize('NFC');
}
