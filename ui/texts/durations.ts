import { pageLocale } from './locale.ts';

/** A duration in seconds, with its unit in the page's language: languages differ in far more than the word. */
export function secondsOf(ms: number, unitDisplay: 'short' | 'long'): string {
  return new Intl.NumberFormat(pageLocale(), {
    style: 'unit',
    unit: 'second',
    unitDisplay,
    maximumFractionDigits: unitDisplay === 'long' || ms >= 10_000 ? 0 : 1,
  }).format(ms / 1000);
}
