import type { Log } from '../../log.ts';
import { COMMON_LANGUAGES, primarySubtag } from '../../protocol/languages.ts';
import { WarmThread } from '../../program/warm-thread.ts';
import { isWrittenIn, languageOfScript, scriptOf } from './scripts.ts';

/** ISO 639-1 codes and how well each fits, 0 to 1; the best first. Empty: it cannot be told. */
export type Scores = readonly (readonly [language: string, score: number])[];

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** A text is not kept waiting for longer. */
const PATIENCE_MS = 10_000;

/** A language that is nearly as likely as the likeliest one: what is known of the writer decides. */
const NEARLY = 0.92;
/** Those that cannot be told apart at all: the one that more travellers read. */
const ALIKE = 0.98;
/** Less is a greeting, a name, or a word that several languages have. */
const FEWEST_WORDS = 2;
const FEWEST_LETTERS = 8;

/** A sentence of so many Chinese characters is Chinese: Japanese and Korean ones have other letters among them. */
const CHINESE_LETTERS = 5;

/** Addresses, mentions and the like are in no language. */
const NOT_WORDS = /(?:https?:\/\/|www\.)\S+|\S+@\S+|[@#]\S+/g;

/** Finds out in which language somebody has typed (docs/decisions/0027-finding-out-a-language.md). */
export class LanguageDetection {
  /** Its tables take long to load, and much memory. */
  private readonly thread: WarmThread<string, Scores>;

  constructor({ log, restMs }: { log: Log; restMs?: number }) {
    this.thread = new WarmThread({ name: 'languages', script: SCRIPT, log, restMs });
  }

  /** Tables are loaded. */
  get running(): boolean {
    return this.thread.running;
  }

  /**
   * @param likely the writer's own language, a tag: kept where the text says nothing else
   * @returns `likely` itself where the text is in its language, or a primary subtag; nothing where it cannot be told
   */
  async of(text: string, likely?: string): Promise<string | undefined> {
    const words = text.replace(NOT_WORDS, ' ').trim();
    const script = scriptOf(words);
    if (script === undefined) return likely;
    const own = likely === undefined ? undefined : primarySubtag(likely);
    const fits = own !== undefined && isWrittenIn(own, script);
    const only = languageOfScript(script);
    if (only !== undefined) {
      const foreign = only === 'zh' && own !== 'zh' && lettersIn(words) >= CHINESE_LETTERS;
      return fits && !foreign ? likely : only;
    }
    if (fits && isShort(words)) return likely;
    const guessed = (await this.thread.ask(words, { patienceMs: PATIENCE_MS })) ?? [];
    const scores = guessed.filter(([language]) => isWrittenIn(language, script));
    const [best] = scores;
    if (!best) return fits ? likely : undefined;
    const near = (share: number) =>
      scores.filter(([, score]) => score >= share * best[1]).map(([language]) => language);
    if (own !== undefined && near(NEARLY).includes(own)) return likely;
    const alike = near(ALIKE);
    return COMMON_LANGUAGES.find((language) => alike.includes(language)) ?? best[0];
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }
}

function isShort(words: string): boolean {
  const count = words.match(/[\p{L}\p{M}\p{N}'’-]+/gu)?.length ?? 0;
  return count < FEWEST_WORDS || lettersIn(words) < FEWEST_LETTERS;
}

function lettersIn(words: string): number {
  return words.match(/\p{L}/gu)?.length ?? 0;
}
