import * as z from 'zod/mini';
import { shownText } from './text.ts';
import { type glossaryEntry, language } from './views.ts';

type Entry = z.infer<typeof glossaryEntry>;

const MOST_TERMS = 200;
const word = shownText(80);
const newEntry = z.object({ term: word, translations: z.optional(z.record(language, word)) });

/** A glossary as it is stored: of a term that is there more than once, the last. */
export const glossary = z.pipe(
  z.array(newEntry).check(z.maxLength(MOST_TERMS)),
  z.transform((entries) => [...lastByTerm(entries).values()]),
);

/** The first term that is there more than once, if one is. */
export function doubledTerm(entries: readonly Entry[]): string | undefined {
  const seen = new Set<string>();
  return entries.find(({ term }) => seen.size === seen.add(heard(term)).size)?.term;
}

/** At the place of the first: a glossary that is shown again looks as it was written. */
function lastByTerm(entries: readonly Entry[]): Map<string, Entry> {
  const byTerm = new Map<string, Entry>();
  for (const entry of entries) byTerm.set(heard(entry.term), entry);
  return byTerm;
}

/** What an interpreter hears is one term, however it is typed. */
function heard(term: string): string {
  const seen = term.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  return seen.replaceAll(/\s+/gu, ' ').trim().toLowerCase();
}
