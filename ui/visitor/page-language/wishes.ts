import { recall } from '../memory.ts';

/** In which languages the page may speak to this person, best first: the one chosen here, then the browser's. */
export function wishedLanguages(): readonly string[] {
  const chosen = recall('page-language');
  return chosen === undefined ? navigator.languages : [chosen, ...navigator.languages];
}

/** In which languages they may hear a tour: the one chosen here before, then as for the page. */
export function wishedChannels(): readonly string[] {
  const known = recall('language');
  return known === undefined ? wishedLanguages() : [known, ...wishedLanguages()];
}
