/** In which scripts a language is written: what it is not written in, it is not. Unicode script names. */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  am: ['Ethiopic'], ar: ['Arabic'], be: ['Cyrillic'], bg: ['Cyrillic'], bn: ['Bengali'], el: ['Greek'], fa: ['Arabic'],
  gu: ['Gujarati'], he: ['Hebrew'], hi: ['Devanagari'], hy: ['Armenian'], ja: ['Kana', 'Han'], ka: ['Georgian'],
  km: ['Khmer'], kn: ['Kannada'], ko: ['Hangul', 'Han'], lo: ['Lao'], mk: ['Cyrillic'], ml: ['Malayalam'],
  mr: ['Devanagari'], my: ['Myanmar'], ne: ['Devanagari'], pa: ['Gurmukhi'], ru: ['Cyrillic'], si: ['Sinhala'],
  sr: ['Cyrillic', 'Latin'], ta: ['Tamil'], te: ['Telugu'], th: ['Thai'], uk: ['Cyrillic'], ur: ['Arabic'],
  yi: ['Hebrew'], zh: ['Han'],
}; // prettier-ignore

/** The language that a script is written for, where that is one. */
const OWN_SCRIPT: Readonly<Record<string, string>> = {
  Armenian: 'hy', Bengali: 'bn', Ethiopic: 'am', Georgian: 'ka', Greek: 'el', Gujarati: 'gu', Gurmukhi: 'pa',
  Han: 'zh', Hangul: 'ko', Hebrew: 'he', Kana: 'ja', Kannada: 'kn', Khmer: 'km', Lao: 'lo', Malayalam: 'ml',
  Myanmar: 'my', Sinhala: 'si', Tamil: 'ta', Telugu: 'te', Thai: 'th',
}; // prettier-ignore

const SHARED = ['Latin', 'Cyrillic', 'Arabic', 'Devanagari'] as const;
const LETTERS: ReadonlyMap<string, RegExp> = new Map(
  [...SHARED, ...Object.keys(OWN_SCRIPT)].map((script) => [
    script,
    script === 'Kana'
      ? /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
      : new RegExp(`\\p{Script=${script}}`, 'gu'),
  ]),
);

/** The script of most of its letters; none: it has no letters, or others. */
export function scriptOf(text: string): string | undefined {
  let most: string | undefined;
  let count = 0;
  for (const [script, letters] of LETTERS) {
    const found = text.match(letters)?.length ?? 0;
    if (found > count) [most, count] = [script, found];
  }
  // Japanese is written in Chinese characters too, and nobody else writes kana.
  return most === 'Han' && /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text) ? 'Kana' : most;
}

/** @param language a primary subtag */
export function isWrittenIn(language: string, script: string): boolean {
  return (SCRIPTS[language] ?? ['Latin']).includes(script);
}

/** At least one letter is of its script: names may stand in others. */
export function holdsLetterOf(language: string, text: string): boolean {
  const scripts = SCRIPTS[language] ?? ['Latin'];
  return scripts.some((script) => text.match(LETTERS.get(script) ?? /$^/g) !== null);
}

export function languageOfScript(script: string): string | undefined {
  return OWN_SCRIPT[script];
}
