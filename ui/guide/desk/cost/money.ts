import { pageLocale } from '../../../texts/locale.ts';

/** US dollars as the page's language writes them; cents only where they matter. */
export function dollars(usd: number): string {
  return new Intl.NumberFormat(pageLocale(), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: Number.isInteger(usd) && usd > 0 ? 0 : 2,
  }).format(usd);
}
