import type { TranslatedBy } from '../protocol/questions.ts';
import type { TranslatedLine } from './translator.ts';

/** Has a line translated, as a tour wants it. Never rejects. */
export type TranslateText = (line: string, wanted: WantedText) => Promise<TranslatedLine>;

export interface WantedText {
  readonly to: string;
  /** Missing: it is found out. `likely`: the writer's own. */
  readonly from?: string | undefined;
  readonly likely?: string | undefined;
  /** Whose words they are, by id. */
  readonly author?: string | undefined;
}

interface Worded {
  readonly text: string;
  readonly by: TranslatedBy;
}

export type Untranslated = Exclude<TranslatedLine, { text: string }>['reason'];

export interface WordingOptions {
  /** As it was written. */
  readonly original: string;
  /** Of who wrote it, until it is found out in which one it is written. */
  readonly language: string;
  /** Whether that is sure: then nothing is found out. */
  readonly known?: boolean | undefined;
  /** Whose words they are. */
  readonly author?: string | undefined;
  /** By language, as they were made before. */
  readonly made?: Readonly<Record<string, Worded>> | undefined;
}

/** What cannot be told (BCP 47, by ISO 639-2). */
const UNTOLD = 'und';
/** Something may have been mended meanwhile; whoever reads it asks again and again, ms. */
const TRY_AGAIN_MS = 60_000;

/** What somebody has written, and what it is in other languages: each is made once, when it is first wanted. */
export type Wording = InstanceType<typeof WrittenText>;

export function wordingOf(options: WordingOptions): Wording {
  return new WrittenText(options);
}

class WrittenText {
  readonly original: string;
  private readonly options: WordingOptions;
  private readonly made: Map<string, Worded>;
  private readonly making = new Map<string, Promise<void>>();
  private readonly failed = new Map<string, { readonly reason: Untranslated; readonly at: number }>();
  private found: string;
  /** Whether that is more than an assumption. */
  private sure: boolean;

  constructor(options: WordingOptions) {
    this.options = options;
    this.original = options.original;
    this.found = options.language;
    this.made = new Map(Object.entries(options.made ?? {}));
    this.sure = options.known === true || this.made.size > 0;
  }

  /** In which it is written, as far as it is known. */
  get language(): string {
    return this.found;
  }

  /** Undefined: not yet, or not at all. */
  in(language: string): Worded | undefined {
    if (language === this.found) return { text: this.original, by: 'as-written' };
    return this.made.get(language);
  }

  /** What there is to be read in the language, if need be as it was written. */
  shown(language: string): Worded {
    return this.in(language) ?? { text: this.original, by: 'as-written' };
  }

  /** Whether nothing more is to be waited for. */
  settled(language: string): boolean {
    return this.in(language) !== undefined || (this.failed.has(language) && !this.making.has(language));
  }

  /** Whether somebody has wanted it, and it is being made. */
  isComing(language: string): boolean {
    return this.making.has(language);
  }

  /** Why there is nothing in the language; undefined: there is, or will be. */
  reason(language: string): Untranslated | undefined {
    return this.in(language) ? undefined : this.failed.get(language)?.reason;
  }

  /** What was made so far, to be kept. */
  get kept(): Record<string, Worded> {
    return Object.fromEntries(this.made);
  }

  /**
   * Sees to it that it is there in the language; a language that is only assumed is found out by that. @param now ms
   * @returns undefined when there is nothing to do; else a promise of when it is settled, the same for all who want it.
   */
  want(language: string, translate: TranslateText, now: number): Promise<void> | undefined {
    if (this.sure && this.in(language)) return undefined;
    const making = this.making.get(language);
    if (making) return making;
    const failed = this.failed.get(language);
    if (failed && now - failed.at < TRY_AGAIN_MS) return undefined;
    const promise = this.make(language, translate, now).finally(() => this.making.delete(language));
    this.making.set(language, promise);
    return promise;
  }

  private async make(to: string, translate: TranslateText, now: number): Promise<void> {
    const { known, author } = this.options;
    const from = known ? { from: this.found } : { likely: this.options.language };
    const line = await translate(this.original, { to, author, ...from });
    this.sure = true;
    if (line.from !== undefined && line.from !== UNTOLD && !known) this.found = line.from;
    if ('text' in line) {
      this.failed.delete(to);
      this.made.set(to, { text: line.text, by: line.by });
    } else this.failed.set(to, { reason: line.reason, at: now });
  }
}
