import { configureLocalization, type LocaleModule } from '@lit/localize';
import { directionOf, primarySubtag } from '../../appliance/protocol/languages.ts';
import { allLocales, sourceLocale, targetLocales } from './generated/locale-codes.ts';

/**
 * How a page gets at its translations: each language is a chunk of its own, so that a person loads one at most. They
 * live in xliff/; `npm run texts` adds what is new in the pages and makes the modules in generated/.
 */
export type Texts = Readonly<Record<(typeof targetLocales)[number], () => Promise<LocaleModule>>>;

const isTarget = (locale: string): locale is keyof Texts =>
  (targetLocales as readonly string[]).includes(locale);

let texts: Texts | undefined;

const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales,
  loadLocale: (locale) =>
    texts && isTarget(locale) ? texts[locale]() : Promise.reject(new Error(`No texts for ${locale}`)),
});

/** Gives the page its translations, before it first speaks: without, it speaks English. */
export function provideTexts(own: Texts): void {
  texts = own;
}

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
