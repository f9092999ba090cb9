import type { LocaleModule } from '@lit/localize';
import type { targetLocales } from './generated/locale-codes.ts';

/** Everything: the guide’s page is loaded by few, and shows what visitors see. */
export const guideTexts: Readonly<Record<(typeof targetLocales)[number], () => Promise<LocaleModule>>> = {
  ar: () => import('./generated/ar.ts'),
  de: () => import('./generated/de.ts'),
  es: () => import('./generated/es.ts'),
  fr: () => import('./generated/fr.ts'),
  ja: () => import('./generated/ja.ts'),
};
