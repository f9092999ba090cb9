/**
 * Codes that people read off a sign or a label, hear, type or paste: a tour's, its entry code, the box's setup code.
 * Keyboards and messengers write them with spaces, dashes and invisible characters, small and full-width letters.
 */

/**
 * What stands between the characters of a code (properties: Unicode Standard Annex #44), with what looks like a dash and
 * is none by its properties (confusables.txt of Technical Standard #39, and lines of tables).
 */
const SEPARATORS =
  /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Dash}\p{Cc}\p{Cf}\u02D7\u2043\u2500\u2501\u2796]/gu;
/** The sign of a long vowel has the key of the dash on Japanese keyboards; between kana it is a letter. */
const JAPANESE_DASH = /(?<=[A-Z\d])ー(?=[A-Z\d])/gu;

/** An entry code, normalised: what can be read aloud. */
export const ENTRY_CODE = /^[\p{L}\p{N}]{4,12}$/u;

/** The code that was meant: codes are kept, compared and sent like this, and counted only after it. '' for none. */
export function normaliseCode(typed: string): string {
  // Separators also keep letters from being put together, and some come about when they are.
  const bare = typed.replaceAll(SEPARATORS, '').normalize('NFKC').toUpperCase().normalize('NFKC');
  return bare.replaceAll(SEPARATORS, '').replaceAll(JAPANESE_DASH, '');
}
