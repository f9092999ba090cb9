import { configureLocalization, LOCALE_STATUS_EVENT, type LocaleModule } from '@lit/localize';
import { directionOf, nearestLanguage, primarySubtag } from '../../appliance/protocol/languages.ts';
import { sourceLocale, targetLocales as everywhere } from './generated/locale-codes.ts';
import { targetLocales as visitorOnly } from './generated/visitor/locale-codes.ts';
import { withWordBreaks } from './word-breaks.ts';

/**
 * How a page gets at its translations: each language is a chunk of its own, so that a person loads one at most. They
 * live in xliff/; `npm run texts` adds what is new in the pages and makes the modules in generated/ (docs/texts.md).
 */
export type Texts = Readonly<Record<string, () => Promise<LocaleModule>>>;

let texts: Texts = {};
/** What came after them, in any language. */
const further: Texts[] = [];
/** The language that is shown or about to be, with all of its texts as far as they are here. */
let own: { readonly locale: string; readonly templates: LocaleModule['templates'] } | undefined;

// The visitor’s page speaks the most languages; what a page does not provide it is never asked for.
const { getLocale, setLocale } = configureLocalization({
  sourceLocale,
  targetLocales: [...everywhere, ...visitorOnly],
  loadLocale: async (locale) => {
    const load = texts[locale];
    if (!load) throw new Error(`No texts for ${locale}`);
    const templates = withWordBreaks((await load()).templates, locale);
    own = { locale, templates };
    // They are for what stands on the page later: it need not wait for them in vain.
    await Promise.allSettled(further.map((more) => add(more, { locale, templates })));
    return { templates };
  },
});

/** Gives the page its translations, before it first speaks: without, it speaks English. */
export function provideTexts(own: Texts): void {
  texts = own;
}

/**
 * Gives it more of them, for parts that come later, in whatever language it speaks. Parts that stand already are drawn
 * again. Rejects when they cannot be had now.
 */
export async function provideMore(more: Texts): Promise<void> {
  if (!further.includes(more)) further.push(more);
  if (!own) return;
  await add(more, own);
  window.dispatchEvent(
    new CustomEvent(LOCALE_STATUS_EVENT, { detail: { status: 'ready', readyLocale: getLocale() } }),
  );
}

async function add(more: Texts, { locale, templates }: NonNullable<typeof own>): Promise<void> {
  const loaded = await more[locale]?.();
  if (loaded) Object.assign(templates, withWordBreaks(loaded.templates, locale));
}

/** The languages that the page can speak. */
export const pageLanguages = (): readonly string[] => [sourceLocale, ...Object.keys(texts)];

/** The first of `languages` in which the page has texts. */
export const bestLocale = (languages: readonly string[]): string | undefined =>
  nearestLanguage(languages, pageLanguages());

/** Shows the page in the best of `languages`; stays in the one it speaks when the texts cannot be loaded. */
export async function speak(languages: readonly string[]): Promise<void> {
  await turnTo(languages);
  document.documentElement.lang = getLocale();
  document.documentElement.dir = directionOf(getLocale());
}

/** The same of the texts alone, where there is no document. */
export async function turnTo(languages: readonly string[]): Promise<void> {
  try {
    await setLocale(bestLocale(languages) ?? sourceLocale);
  } catch {
    // English is built in: a page in the wrong language is better than none.
  }
}

/** The language that the page speaks now. */
export const pageLanguage = (): string => getLocale();

/**
 * The locale for dates and numbers: the page’s language as the person’s own country writes it, where the browser says
 * so. A region of another script would mix two of them (`zh-TW` on a page in Simplified Chinese).
 */
export function pageLocale(): string {
  const page = getLocale();
  const own = navigator.languages.find((language) => primarySubtag(language) === primarySubtag(page));
  return own !== undefined && scriptOf(own) === scriptOf(page) ? own : page;
}

function scriptOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().script;
  } catch {
    // A system’s locale that is no language tag, as `en-US@posix`.
    return undefined;
  }
}
