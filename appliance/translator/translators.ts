import type { Breakers } from '../breaker/breakers.ts';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { TextEngine } from './engine.ts';
import type { LanguageDetection } from './language/language-detection.ts';
import type { TextCalls } from './openai/call.ts';
import { OpenAiTextEngine, type OpenAiTextOptions } from './openai/openai-text-engine.ts';
import { translateLines } from './lines.ts';
import type { TranslatedLine, TranslationRequest, Translator } from './translator.ts';

interface TranslatorSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly textModel: string;
}

export interface TranslatorsOptions {
  readonly settings: TranslatorSettings;
  /** What the owner has saved; a key in the settings comes before it. */
  readonly savedKey: () => string | undefined;
  readonly breakers?: Breakers | undefined;
  /** What the box does by itself, and what calls a model; their owner stops them. */
  readonly box: TextEngine;
  readonly calls: TextCalls;
  readonly detection: Pick<LanguageDetection, 'of'>;
  readonly log: Log;
  /** For the model's server. */
  readonly timing?: OpenAiTextOptions['timing'];
  /** What becomes of each line. */
  readonly onLine?: (outcome: Outcome) => void;
}

/** Who translated a line, or why nobody did. */
export type Outcome =
  Extract<TranslatedLine, { text: string }>['by'] | Extract<TranslatedLine, { reason: string }>['reason'];

/** The ways of translating text, the best first: each line has the first that does it, by settings, key, cap and what works now. */
export class Translators implements Translator {
  private readonly options: TranslatorsOptions;
  private model: TextEngine | undefined;
  private key: string | undefined;
  private built = false;

  constructor(options: TranslatorsOptions) {
    this.options = options;
  }

  /** Why it does not translate as well as it should just now. */
  get trouble(): Problem | undefined {
    return this.engines[0]?.out;
  }

  /** In a word: the name of the best way that works, or what is wrong with the best. */
  get detail(): string {
    return this.trouble?.code ?? this.engines[0]?.name ?? 'none';
  }

  async translate(lines: readonly string[], request: TranslationRequest): Promise<readonly TranslatedLine[]> {
    const { onLine, detection } = this.options;
    const done = await translateLines({ lines, request, engines: this.engines, detection });
    for (const line of done) onLine?.('text' in line ? line.by : line.reason);
    return done;
  }

  async stop(): Promise<void> {
    await this.model?.stop();
  }

  /** The best first. The owner may have saved another key since the last time. */
  private get engines(): readonly TextEngine[] {
    const { settings, savedKey, box } = this.options;
    const key = settings.openaiApiKey ?? savedKey();
    if (!this.built || key !== this.key) {
      // What the one before is asked comes to its end.
      this.model = this.dueModel(key);
      this.key = key;
      this.built = true;
    }
    // Where the settings want the guide's own voice alone, there are none.
    return [this.model, settings.interpreter === 'none' ? undefined : box].filter(
      (engine) => engine !== undefined,
    );
  }

  private dueModel(apiKey: string | undefined): TextEngine | undefined {
    const { settings, breakers, calls, log, timing } = this.options;
    const { interpreter, openaiUrl: url, textModel: model } = settings;
    const wanted = interpreter === 'openai' || (interpreter === 'auto' && (apiKey ?? url) !== undefined);
    return wanted ? new OpenAiTextEngine({ model, url, apiKey, breakers, calls, log, timing }) : undefined;
  }
}
