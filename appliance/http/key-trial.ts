import type { Trial } from '../interpreter/interpreter.ts';
import type { KeyTrial } from '../protocol/accounts.ts';
import { UbizoError } from '../protocol/errors.ts';

/** Asks the interpreter's server, for some seconds at most; nothing where the box is to ask none. */
export type TryKey = (key: string) => Promise<Trial | undefined>;

/**
 * Tries a key that is about to be saved. What its server refuses is not saved, unless the owner insists: perhaps the
 * server is wrong. @throws UbizoError `key_refused`.
 */
export async function trialOf(
  key: string | null | undefined,
  { tryKey, insist = false }: { tryKey: TryKey; insist?: boolean | undefined },
): Promise<KeyTrial | undefined> {
  if (!key) return undefined;
  const trial = await tryKey(key);
  if (trial?.kind !== 'refused') return trial;
  const { problem } = trial;
  // A good key of an empty account.
  if (problem.code === 'interpreter_no_quota') return { kind: 'accepted', problem };
  if (insist) return trial;
  throw new UbizoError('key_refused', `${problem.message} Nothing was saved.`);
}
