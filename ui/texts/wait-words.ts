import { msg, str } from '@lit/localize';
import { pageLocale } from './locale.ts';

/** Who tried too often is told how long to wait, when it is more than a moment. */
export function waitWords(retryAfterS: number | undefined): string {
  if (retryAfterS === undefined || retryAfterS <= 60)
    return msg('Too many attempts. Wait a minute, then try again.');
  const wait = new Intl.NumberFormat(pageLocale(), {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'long',
  }).format(Math.ceil(retryAfterS / 60));
  return msg(str`Too many attempts. Try again in ${wait}.`);
}
