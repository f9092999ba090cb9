import { ar } from './texts/ar.ts';
import { ca } from './texts/ca.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';
import { hi } from './texts/hi.ts';
import { id } from './texts/id.ts';
import { it } from './texts/it.ts';
import { ja } from './texts/ja.ts';
import { ko } from './texts/ko.ts';
import { pt } from './texts/pt.ts';
import { ru } from './texts/ru.ts';
import { vi } from './texts/vi.ts';
import { zh } from './texts/zh-Hans.ts';
import type { PortalTexts } from './texts/portal-texts.ts';

/** Those of the visitors’ page: what it speaks, the portal speaks. */
export const PORTAL_TEXTS = {
  en,
  es,
  fr,
  de,
  it,
  pt,
  ja,
  'zh-Hans': zh,
  ko,
  ru,
  ar,
  hi,
  id,
  vi,
  ca,
} as const satisfies Readonly<Record<string, PortalTexts>>;

export type PortalLanguage = keyof typeof PORTAL_TEXTS;

export const PORTAL_LANGUAGES = Object.keys(PORTAL_TEXTS) as readonly PortalLanguage[];
