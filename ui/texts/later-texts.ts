import type { Texts } from './locale.ts';

/** What the visitor’s page says after the first word: it comes with what says it. */
export const laterTexts: Texts = {
  ar: () => import('./generated/later/ar.ts'),
  ca: () => import('./generated/later/ca.ts'),
  de: () => import('./generated/later/de.ts'),
  es: () => import('./generated/later/es.ts'),
  fr: () => import('./generated/later/fr.ts'),
  hi: () => import('./generated/later/hi.ts'),
  id: () => import('./generated/later/id.ts'),
  it: () => import('./generated/later/it.ts'),
  ja: () => import('./generated/later/ja.ts'),
  ko: () => import('./generated/later/ko.ts'),
  pt: () => import('./generated/later/pt.ts'),
  ru: () => import('./generated/later/ru.ts'),
  vi: () => import('./generated/later/vi.ts'),
  'zh-Hans': () => import('./generated/later/zh-Hans.ts'),
};
