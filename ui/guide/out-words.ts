import { msg, str } from '@lit/localize';
import type { LinkCode } from '../link/problem.ts';

/** Somebody who was put out: why, and from which tour of whose. */
export interface PutOut {
  readonly code: LinkCode;
  readonly tour?: { readonly name: string; readonly guide: string } | undefined;
}

/** Why one is asked to sign in, and what becomes of the tour. */
export function outWords({ code, tour }: PutOut): string {
  const why = whyWords(code);
  if (!tour) return why;
  const { name, guide } = tour;
  if (code === 'account_not_found')
    return `${why} ${msg(str`“${name}” goes on under the name of the owner of this box.`)}`;
  return `${why} ${msg(str`“${name}” goes on under the name of ${guide}.`)}`;
}

function whyWords(code: LinkCode): string {
  switch (code) {
    case 'account_locked':
      return msg('The owner of this box has blocked this account.');
    case 'account_not_found':
      return msg('The owner of this box has deleted this account.');
    case 'forbidden':
      return msg('The owner of this box has given this account another role.');
    default:
      return msg('You are signed out. Sign in again.');
  }
}
