/**
 * Languages as BCP 47 tags (RFC 5646). The tour's own language (`floorLanguage`) names the floor channel:
 * a visitor who picks it hears the guide's own voice.
 */

/** A language tag this product accepts, in canonical case: two or three letters, optional script, optional region. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;

/**
 * The same tag in canonical case (RFC 5646, 2.1.1): `PT-br` → `pt-BR`, `ZH-hant` → `zh-Hant`. In any case it is the same
 * language; what comes in is brought into this one. What is no tag stays no tag.
 */
export function canonicalTag(text: string): string {
  if (!/^[a-z\d-]+$/i.test(text)) return text;
  const [language = '', ...others] = text.toLowerCase().split('-');
  return [language, ...others.map(inCase)].join('-');
}

function inCase(subtag: string): string {
  if (subtag.length === 2) return subtag.toUpperCase();
  return subtag.length === 4 ? subtag.charAt(0).toUpperCase() + subtag.slice(1) : subtag;
}

/** What a visitor may ask for instead of a tag: the guide's own voice, whatever its language is. */
export const FLOOR_ALIAS = 'floor';

/** What a page names as its language in an address: a tag or `floor`; undefined for anything else. */
export function namedLanguage(text: string | null): string | undefined {
  const named = canonicalTag(text ?? '');
  return named === FLOOR_ALIAS || LANGUAGE_TAG.test(named) ? named : undefined;
}

/** Tags offered in pickers, by number of travellers who read them. Any other valid tag may be typed in. */
export const COMMON_LANGUAGES = [
  'en', 'es', 'fr', 'de', 'it', 'pt', 'ja', 'zh', 'ko', 'ru', 'ar', 'hi', 'id', 'vi', 'nl', 'pl', 'tr', 'ca',
  'cs', 'da', 'el', 'fa', 'fi', 'he', 'hu', 'nb', 'ro', 'sv', 'th', 'uk', 'ur',
] as const; // prettier-ignore

const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

export type Direction = 'ltr' | 'rtl';

export function directionOf(language: string): Direction {
  return RIGHT_TO_LEFT.has(primarySubtag(language)) ? 'rtl' : 'ltr';
}

/** `pt-BR` → `pt`. */
export function primarySubtag(language: string): string {
  const dash = language.indexOf('-');
  return (dash < 0 ? language : language.slice(0, dash)).toLowerCase();
}

/**
 * The first of the wishes that is offered, exactly (`pt-BR`) or in its main form (`pt`). Chinese is one language here:
 * who reads Traditional characters (`zh-TW`, `zh-HK`) gets Simplified ones (`zh-Hans`) rather than none.
 */
export function nearestLanguage(wishes: readonly string[], offered: readonly string[]): string | undefined {
  for (const wish of wishes) {
    const exact = offered.find((language) => language.toLowerCase() === wish.toLowerCase());
    const match = exact ?? offered.find((language) => primarySubtag(language) === primarySubtag(wish));
    if (match !== undefined) return match;
  }
  return undefined;
}

/** What an interpreter can do: from one language (`*`: any) to others. */
export interface LanguagePair {
  readonly from: string;
  readonly to: readonly string[];
}

/** The first of the pairs that serves; languages are compared without script and region. */
export function pairFor<Pair extends LanguagePair>(
  pairs: readonly Pair[],
  from: string,
  to: string,
): Pair | undefined {
  return pairs.find(
    (pair) =>
      (pair.from === '*' || primarySubtag(pair.from) === primarySubtag(from)) &&
      pair.to.some((target) => primarySubtag(target) === primarySubtag(to)),
  );
}

export function canInterpret(pairs: readonly LanguagePair[], from: string, to: string): boolean {
  return pairFor(pairs, from, to) !== undefined;
}

/** The language's name in `inLanguage`, or in itself and its own script ("日本語", "العربية"), capitalised. */
export function languageName(language: string, inLanguage: string = language): string {
  try {
    const name =
      new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' }).of(language) ?? language;
    return name.charAt(0).toLocaleUpperCase(inLanguage) + name.slice(1);
  } catch {
    return language;
  }
}
