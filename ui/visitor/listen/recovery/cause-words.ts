import { msg } from '@lit/localize';
import type { RecoveryCause } from '../../../../appliance/protocol/recovery.ts';

/** Why there is no sound, where the visitor can do something else meanwhile. */
export function causeWords(cause: RecoveryCause | undefined): string | undefined {
  if (cause !== 'udp-blocked' && cause !== 'no-dtls') return undefined;
  return msg('This network does not let the sound through. Read along; it is tried again by itself.');
}
