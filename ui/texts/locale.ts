import { configureLocalization, type LocaleModule } from '@lit/localize';
import { directionOf, primarySubtag } from '../../appliance/protocol/languages.ts';
import { allLocales, sourceLocale, targetLocales } from './generated/locale-codes.ts';

/**
 * The pages' own languages. Each is a chunk of its own, so that a visitor loads one at most. Translations live in
 * xliff/: `npx lit-localize extract` adds what is new in the pages, `npx lit-localize build` makes the modules in
 * generated/ (then `npx prettier --write ui/texts/generated`).
 */
const chunks: Record<(typeof targetLocales)[number], () => Promise<LocaleModule>> = {
  ar: () => import('./generated/ar.ts'),
  de: () => import('./generated/de.ts'),
  es: () => import('./generated/es.ts'),
  fr: () => import('./generated/fr.ts'),
  ja: () => import('./generated/ja.ts'),
};

type TargetLocale = keyof typeof chunks;

const isTarget = (locale: string): locale is TargetLocale => locale in chunks;

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: (locale) =>
    isTarget(locale) ? chunks[locale]() : Promise.reject(new Error(`No texts for ${locale}`)),
});

/** The first of `languages` in which the pages have texts. */
export function bestLocale(languages: readonly string[]): string | undefined {
  const known: readonly string[] = allLocales;
  return languages.map(primarySubtag).find((language) => known.includes(language));
}

/** Shows the page in the best of `languages`; stays in English when its texts cannot be loaded. */
export async function speak(languages: readonly string[]): Promise<void> {
  try {
    await setLocale(bestLocale(languages) ?? sourceLocale);
  } catch {
    // English is built in: a page in the wrong language is better than none.
  }
  document.documentElement.lang = getLocale();
  document.documentElement.dir = directionOf(getLocale());
}

/** The language that the page speaks now. */
export const pageLanguage = (): string => getLocale();
