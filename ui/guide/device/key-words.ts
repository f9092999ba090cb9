import { msg } from '@lit/localize';
import type { KeyTrial } from '../../../appliance/protocol/accounts.ts';
import { guideProblemWords } from '../problem-words.ts';

/** Said of what cannot be a key, wherever one is typed. */
export function noKeyWords(): string {
  return msg('This does not look like a key. Copy all of it and paste it again.');
}

/** What came of a key that was saved. */
export function trialWords({ kind, problem }: KeyTrial): string {
  switch (kind) {
    case 'accepted':
      return problem ? guideProblemWords(problem) : msg('The translation service accepts this key.');
    case 'refused':
      return msg('The translation service refuses this key. It was saved all the same.');
    case 'unreachable':
      return msg('There is no Internet to try the key now. It is used as soon as there is.');
  }
}
