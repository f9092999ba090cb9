import { canonicalTag, LANGUAGE_TAG } from '../../../appliance/protocol/languages.ts';
import type { NewTour } from '../../../appliance/protocol/requests.ts';
import { isBlank } from '../../../appliance/protocol/text.ts';

export type Glossary = NonNullable<NewTour['glossary']>;

/** One term a line, with its translations behind it: `Casa Milà = ja: カサ・ミラ; ar: كازا ميلا`. */
export function glossaryText(glossary: Glossary): string {
  return glossary
    .map(({ term, translations = {} }) => {
      const pairs = Object.entries(translations).map(([language, words]) => `${language}: ${words}`);
      return pairs.length > 0 ? `${term} = ${pairs.join('; ')}` : term;
    })
    .join('\n');
}

/** As any system writes them: a glossary is pasted from anywhere. */
const LINE_END = /\r\n?|[\n\u2028\u2029]/u;

/** The terms, or the number of the first line that is not understood, from 1. */
export function glossaryOf(text: string): Glossary | number {
  const glossary: Glossary = [];
  for (const [at, line] of text.split(LINE_END).entries()) {
    if (line.trim() === '') continue;
    const [term = '', ...rest] = line.split('=');
    const translations = translationsOf(rest.join('='));
    if (isBlank(term) || term.trim().length > 80 || !translations) return at + 1;
    glossary.push({
      term: term.trim(),
      ...(Object.keys(translations).length > 0 && { translations }),
    });
  }
  return glossary;
}

function translationsOf(text: string): Record<string, string> | undefined {
  const translations: Record<string, string> = {};
  for (const pair of text.split(/[;；]/u)) {
    if (pair.trim() === '') continue;
    const [, tag = '', words = ''] = /^\s*([^:：]+?)\s*[:：]\s*(.+?)\s*$/u.exec(pair) ?? [];
    const language = canonicalTag(tag);
    if (!LANGUAGE_TAG.test(language) || isBlank(words) || words.length > 80) return undefined;
    translations[language] = words;
  }
  return translations;
}
