import * as z from 'zod/mini';

/** Text that a person typed or pasted, as it is kept and shown. Properties of characters: Unicode Standard Annex #44. */

/** U+2800 is a symbol by its properties, but a Braille cell without dots. */
const SEEN = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\u2800]/u;
const SPACES = /[\p{White_Space}\p{Default_Ignorable_Code_Point}]/gu;
/** Ends of lines, and characters that only steer a machine. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Whether nothing of it can be seen. What cannot be seen beside what can has its uses: it joins emoji and letters. */
export function isBlank(text: string): boolean {
  return !SEEN.test(text);
}

/** Without the spaces and the invisible characters that a keyboard or a messenger has put in. */
export function withoutSpaces(text: string): string {
  return text.replaceAll(SPACES, '');
}

export function inOneLine(text: string): string {
  return text.replaceAll(BREAKS, ' ').trim();
}

/** As it is kept: '' when there is nothing to be seen. */
export function tidyName(typed: string): string {
  return isBlank(typed) ? '' : inOneLine(typed);
}

/** A name, a term: something to be seen, in at most so many UTF-16 units. */
export const shownText = (longest: number) =>
  z.string().check(z.overwrite(tidyName), z.minLength(1), z.maxLength(longest));
