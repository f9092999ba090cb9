import type { LocaleModule } from '@lit/localize';
import type { targetLocales as everywhere } from './generated/locale-codes.ts';
import type { targetLocales as visitorOnly } from './generated/visitor/locale-codes.ts';

type Locale = (typeof everywhere)[number] | (typeof visitorOnly)[number];

/** What the visitor’s page says, and nothing of the guide’s: it is part of what a phone loads before the first word. */
export const visitorTexts: Readonly<Record<Locale, () => Promise<LocaleModule>>> = {
  ar: () => import('./generated/visitor/ar.ts'),
  ca: () => import('./generated/visitor/ca.ts'),
  de: () => import('./generated/visitor/de.ts'),
  es: () => import('./generated/visitor/es.ts'),
  fr: () => import('./generated/visitor/fr.ts'),
  hi: () => import('./generated/visitor/hi.ts'),
  id: () => import('./generated/visitor/id.ts'),
  it: () => import('./generated/visitor/it.ts'),
  ja: () => import('./generated/visitor/ja.ts'),
  ko: () => import('./generated/visitor/ko.ts'),
  pt: () => import('./generated/visitor/pt.ts'),
  ru: () => import('./generated/visitor/ru.ts'),
  vi: () => import('./generated/visitor/vi.ts'),
  'zh-Hans': () => import('./generated/visitor/zh-Hans.ts'),
};
