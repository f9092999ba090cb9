/** What the recogniser hears is lower case and unpunctuated: makes it a line to read. Empty stays empty. */
export function readable(words: string): string {
  return asSentence(words.replace(/\bi\b/g, 'I'));
}

/** A line to read of what a translator made of one. Empty stays empty. */
export function asSentence(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '' || !/\p{L}|\p{N}/u.test(line)) return '';
  const capital = line.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase());
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
