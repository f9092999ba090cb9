import type { Texts } from './locale.ts';

/** What the visitor’s page says, and nothing of the guide’s: it is part of what a phone loads before the first word. */
export const visitorTexts: Texts = {
  ar: () => import('./generated/visitor/ar.ts'),
  de: () => import('./generated/visitor/de.ts'),
  es: () => import('./generated/visitor/es.ts'),
  fr: () => import('./generated/visitor/fr.ts'),
  ja: () => import('./generated/visitor/ja.ts'),
};
