import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { InterpreterEngine } from './interpreter.ts';
import { NoEngine } from './none.ts';
import { OfflineEngine } from './offline/offline-engine.ts';
import { OpenAiEngine } from './openai/openai-engine.ts';
import type { TranscriberEngine } from './transcriber.ts';
import { UnpaidEngine } from './unpaid-engine.ts';

interface EngineSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  readonly openaiDialect: 'translation' | 'conversation';
}

export interface EnginesOptions {
  readonly settings: EngineSettings;
  /** What the owner has saved; a key in the settings comes before it. */
  readonly savedKey: () => string | undefined;
  readonly log: Log;
}

/** Which way of interpreting is due: by the settings and by the key, which may change while tours are live. */
export class Engines {
  private readonly options: EnginesOptions;
  private readonly offline: InterpreterEngine & TranscriberEngine;
  private readonly cheap: InterpreterEngine;
  private key: string | undefined;
  private current: InterpreterEngine;

  constructor(options: EnginesOptions) {
    const { settings, log } = options;
    this.options = options;
    this.offline = settings.interpreter === 'none' ? new NoEngine() : new OfflineEngine({ log });
    this.cheap = new UnpaidEngine({ offline: this.offline });
    this.current = this.offline;
  }

  /** The key that was saved is known by now. */
  start(): void {
    this.key = this.dueKey();
    this.current = this.choose();
  }

  get chosen(): InterpreterEngine {
    return this.current;
  }

  /** Why it does not do all that it should just now. */
  get trouble(): Problem | undefined {
    return this.current.problem ?? this.current.trouble;
  }

  /** In a word: its name, or what is wrong with it. */
  get detail(): string {
    return this.trouble?.code ?? this.current.name;
  }

  /** What takes over in a tour that has cost what it may; the same where nothing is paid. */
  get unpaid(): InterpreterEngine {
    return this.current instanceof OpenAiEngine && this.current.paid ? this.cheap : this.current;
  }

  /** What writes down the guide's own words where no interpreter does. `unpaid`: no more may be spent. */
  transcribing({ unpaid }: { unpaid: boolean }): TranscriberEngine {
    const { current, offline } = this;
    if (current instanceof OpenAiEngine && !current.problem && !(unpaid && current.paid)) return current;
    return offline;
  }

  /** The owner may have saved another key. @returns whether another engine is due; that before is stopped. */
  renew(): boolean {
    const key = this.dueKey();
    if (key === this.key) return false;
    this.key = key;
    const before = this.current;
    this.current = this.choose();
    // In its own time: it says its last words. Its tours do not wait for it.
    if (before !== this.offline) void before.stop();
    return before !== this.current;
  }

  async stop(): Promise<void> {
    await Promise.all([this.current.stop(), this.offline.stop()]);
  }

  private dueKey(): string | undefined {
    return this.options.settings.openaiApiKey ?? this.options.savedKey();
  }

  /** `auto`: openai when a key or a URL is set, else offline when its programs are there, else none. */
  private choose(): InterpreterEngine {
    const { settings, log } = this.options;
    const { interpreter, openaiUrl, openaiDialect } = settings;
    const { key, offline } = this;
    if (interpreter === 'none') return offline;
    if (interpreter === 'openai' || (interpreter === 'auto' && (key ?? openaiUrl) !== undefined)) {
      return new OpenAiEngine({
        ...(openaiUrl !== undefined && { url: openaiUrl }),
        ...(key !== undefined && { apiKey: key }),
        dialect: openaiDialect,
        log,
      });
    }
    return interpreter === 'offline' || offline.pairs.length > 0 ? offline : new NoEngine();
  }
}
