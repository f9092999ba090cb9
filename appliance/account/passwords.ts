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

/** Read when the first password is chosen: most starts of a box see none. */
let common: Promise<ReadonlySet<string>> | undefined;

/** Makes and checks hashes of passwords, in PHC string format. */
export class Passwords {
  private readonly queue = bulkhead(MOST_AT_ONCE, MOST_WAITING);

  /** @throws UbizoError `weak_password`, `common_password`, `box_busy`. */
  async hash(password: string): Promise<string> {
    if (isShort(password)) {
      throw new UbizoError(
        'weak_password',
        `Choose a longer password: ${SHORTEST} characters at least. A few words in a row are easy to remember.`,
      );
    }
    await expectUncommon(password);
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

/** Those that are tried first, whatever their case, and with a digit or two behind them. */
async function expectUncommon(password: string): Promise<void> {
  common ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  );
  const list = await common;
  const plain = prepared(password).trim().toLowerCase();
  const word = plain.replace(/[\d!.?]{1,4}$/u, '');
  const repeats = new Set(plain).size < 3;
  if (!repeats && !list.has(plain) && !(word.length >= 4 && list.has(word))) return;
  throw new UbizoError(
    'common_password',
    'Many people use this password, so it is tried first. A few words in a row are safer and easy to remember.',
  );
}

/** Keyboards write the same letters in different ways (RFC 8265, 4.2). */
function prepared(password: string): string {
  return password.normalize('NFC');
}
