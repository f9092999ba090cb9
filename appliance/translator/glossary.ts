import { primarySubtag } from '../protocol/languages.ts';
import type { GlossaryEntry } from '../protocol/views.ts';

/** A word or name as it is to come out in one language, wherever it stands. */
export interface SettledTerm {
  readonly term: string;
  readonly translation: string;
}

/** What a glossary says for one language; a term comes before those that it holds. */
export function settledTerms(glossary: readonly GlossaryEntry[], to: string): SettledTerm[] {
  return glossary
    .filter(({ term }) => term.trim() !== '')
    .map(({ term, translations = {} }) => ({
      term,
      translation: translations[to] ?? sameLanguage(translations, to) ?? term,
    }))
    .toSorted((a, b) => b.term.length - a.term.length);
}

function sameLanguage(translations: Readonly<Record<string, string>>, to: string): string | undefined {
  return Object.entries(translations).find(([tag]) => primarySubtag(tag) === primarySubtag(to))?.[1];
}
