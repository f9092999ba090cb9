import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { Sectioned } from '../storage/section.ts';
import type { AccountState } from './section.ts';

/** Only who administers the machine can put a file here: that is the proof, where no password is left. */
const REQUEST = 'new-owner';

/**
 * Lets a box be claimed anew whose owner's password is forgotten: on a file `new-owner` in the data folder the owners
 * become guides who are locked, and nothing else changes. The setup code is the label's again.
 */
export async function forgetOwnerWhenAsked({
  directory,
  state,
  log,
}: {
  directory: string;
  state: Pick<Sectioned<AccountState>, 'update'>;
  log: Log;
}): Promise<void> {
  const path = join(directory, REQUEST);
  if (!(await stat(path).catch(() => undefined))) return;
  try {
    await state.update((draft) => {
      const owners = draft.accounts.filter(({ role }) => role === 'owner');
      for (const owner of owners) Object.assign(owner, { role: 'guide', status: 'locked' });
      draft.sessions = draft.sessions.filter(({ account }) => !owners.some(({ id }) => id === account));
      delete draft.device.claimedAt;
      delete draft.device.setupCodeIsOwners;
    });
    await rm(path, { force: true });
    log.warn('the owner is forgotten: the box waits to be claimed with its setup code');
  } catch (error) {
    // The voice goes on without; the next start tries again.
    log.error({ err: error }, 'the owner could not be forgotten');
  }
}
