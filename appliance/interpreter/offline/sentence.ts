/** What the recogniser hears is lower case and unpunctuated: makes it a line to read. Empty stays empty. */
export function readable(words: string): string {
  return asSentence(words.replace(/\bi\b/g, 'I'));
}

/** What Apertium gives back: without its marks for words it does not know (`*`), cannot carry over (`@`) or inflect (`#`). */
export function withoutMarks(translation: string): string {
  return asSentence(translation.replace(/\[\]/g, ' ').replace(/[*#@~^$\\]/g, ''));
}

function asSentence(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '' || !/\p{L}|\p{N}/u.test(line)) return '';
  const capital = line.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase());
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
