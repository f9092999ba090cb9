/**
 * What OpenAI takes, US dollars. The only place where prices stand.
 * Sources, read in November 2026: developers.openai.com/api/docs/models/MODEL (tokens) and
 * developers.openai.com/api/docs/guides/realtime-translation and …/realtime-transcription (minutes of audio).
 */

/** For a minute of audio that is sent; silence counts. */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'gpt-realtime-translate': 0.034,
  'gpt-realtime-whisper': 0.017,
  'gpt-live-transcribe': 0.017,
};

/** By kind; cached ones are those of earlier turns that are read again. */
export interface Tokens {
  readonly textIn: number;
  readonly cachedTextIn: number;
  readonly audioIn: number;
  readonly cachedAudioIn: number;
  readonly textOut: number;
  readonly audioOut: number;
}

const LARGE: Tokens = {
  textIn: 4,
  cachedTextIn: 0.4,
  audioIn: 32,
  cachedAudioIn: 0.4,
  textOut: 24,
  audioOut: 64,
};
const MINI: Tokens = {
  textIn: 0.6,
  cachedTextIn: 0.06,
  audioIn: 10,
  cachedAudioIn: 0.3,
  textOut: 2.4,
  audioOut: 20,
};

/** For a million tokens. */
const PER_MILLION: Readonly<Record<string, Tokens>> = {
  'gpt-realtime-2.1': LARGE,
  'gpt-realtime-2.1-mini': MINI,
  'gpt-realtime-2': LARGE,
  'gpt-realtime-1.5': { ...LARGE, textOut: 16 },
  'gpt-realtime': { ...LARGE, textOut: 16 },
  'gpt-realtime-mini': MINI,
};

/** Of a model for text. `cached`: read again from the cache; `written`: put there. Output counts reasoning too. */
export interface TextTokens {
  readonly in: number;
  readonly cached: number;
  readonly written: number;
  readonly out: number;
}

/** For a million tokens. */
const TEXT_PER_MILLION: Readonly<Record<string, TextTokens>> = {
  'gpt-6-luna': { in: 0.1, cached: 0.01, written: 0.125, out: 0.5 },
  'gpt-5.6-luna': { in: 0.2, cached: 0.02, written: 0.25, out: 1.2 },
  'gpt-6.1-terra': { in: 1, cached: 0.05, written: 1.25, out: 5 },
};
const DEAREST_TEXT: TextTokens = { in: 2, cached: 0.1, written: 2.5, out: 10 };

/** Of a model that is not in the table, and is then taken for the dearest: a cap must hold. */
const DEAREST_MINUTE = Math.max(...Object.values(PER_MINUTE));

/** What a language costs about, for a minute that is interpreted: to be told before it is. */
export const ABOUT_PER_MINUTE = PER_MINUTE['gpt-realtime-translate'] ?? DEAREST_MINUTE;

export function minutePrice(model: string): number {
  return PER_MINUTE[model] ?? DEAREST_MINUTE;
}

export function tokensPrice(model: string, tokens: Tokens): number {
  const prices = PER_MILLION[model] ?? LARGE;
  let usd = 0;
  for (const kind of Object.keys(prices) as (keyof Tokens)[]) usd += prices[kind] * tokens[kind];
  return usd / 1_000_000;
}

export function textPrice(model: string, tokens: TextTokens): number {
  const prices = TEXT_PER_MILLION[model] ?? DEAREST_TEXT;
  let usd = 0;
  for (const kind of Object.keys(prices) as (keyof TextTokens)[]) usd += prices[kind] * tokens[kind];
  return usd / 1_000_000;
}
