import { msg } from '@lit/localize';

/** Said of what cannot be a key, wherever one is typed. */
export function noKeyWords(): string {
  return msg('This does not look like a key. Copy all of it and paste it again.');
}
