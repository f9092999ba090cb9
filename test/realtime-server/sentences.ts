import { languageName } from '../../appliance/protocol/languages.ts';

/** What the stand-in says instead of a translation: recognisable, numbered, in the language's own script. */

interface Voice {
  /** espeak-ng's name for it. */
  readonly voice: string;
  readonly sentence: string;
}

const VOICES: Record<string, Voice> = {
  es: { voice: 'es', sentence: 'Buenos días. Esta es la frase número {n}.' },
  pt: { voice: 'pt', sentence: 'Bom dia. Esta é a frase número {n}.' },
  fr: { voice: 'fr-fr', sentence: 'Bonjour. Ceci est la phrase numéro {n}.' },
  ja: { voice: 'ja', sentence: 'こんにちは。これは {n} です。' },
  ru: { voice: 'ru', sentence: 'Добрый день. Это фраза номер {n}.' },
  zh: { voice: 'cmn', sentence: '你好。这是第 {n} 句话。' },
  de: { voice: 'de', sentence: 'Guten Tag. Das ist Satz Nummer {n}.' },
  ko: { voice: 'ko', sentence: '안녕하세요. 이것은 {n} 번입니다.' },
  hi: { voice: 'hi', sentence: 'नमस्ते। यह वाक्य {n} है।' },
  id: { voice: 'id', sentence: 'Selamat pagi. Ini kalimat nomor {n}.' },
  vi: { voice: 'vi', sentence: 'Xin chào. Đây là câu số {n}.' },
  it: { voice: 'it', sentence: 'Buongiorno. Questa è la frase numero {n}.' },
  en: { voice: 'en-gb', sentence: 'Good morning. This is sentence number {n}.' },
};

/** Further ones that the conversation session speaks. */
const MORE_VOICES: Record<string, Voice> = {
  ar: { voice: 'ar', sentence: 'صباح الخير. هذه هي الجملة رقم {n}.' },
};

const FALLBACK: Voice = { voice: 'en-gb', sentence: 'Good morning. This is sentence number {n}.' };

/** The languages of the translation session, as OpenAI lists them. */
export const OUTPUT_LANGUAGES: readonly string[] = Object.keys(VOICES);

function voiceFor(language: string): Voice {
  return VOICES[language] ?? MORE_VOICES[language] ?? FALLBACK;
}

export function voiceOf(language: string): string {
  return voiceFor(language).voice;
}

export function sentenceIn(language: string, number: number): string {
  return voiceFor(language).sentence.replace('{n}', String(number));
}

/** What the stand-in pretends to have understood: it recognises nothing. */
export function sourceSentence(number: number): string {
  return `The guide says sentence number ${number}.`;
}

/** Append-only deltas, spaces included, as a model sends them. */
export function deltasOf(sentence: string): string[] {
  return sentence.match(/\s*[^\s。]+。?/gu) ?? [sentence];
}

/** What a text comes back as that is not translated: the language's own name, in its own script, before it. */
export function tagged(text: string, language: string): string {
  return `${languageName(language)}: ${text}`;
}

/** What it was before that. */
export function untagged(text: string, language: string): string | undefined {
  const tag = tagged('', language);
  return text.startsWith(tag) ? text.slice(tag.length) : undefined;
}
