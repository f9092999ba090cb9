import type { Breakers } from '../breaker/breakers.ts';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import type { InterpreterEngine, Trial } from './interpreter.ts';
import { Ladder } from './ladder/ladder.ts';
import { Rung } from './ladder/rung.ts';
import { LADDER_TIMING, type LadderTiming } from './ladder/timing.ts';
import { notHeard, OfflineEngine, pairMissing } from './offline/offline-engine.ts';
import { languageUnsupported } from '../openai/failure.ts';
import { OpenAiEngine } from './openai/openai-engine.ts';
import { translationDialect } from './openai/translation-dialect.ts';
import type { Transcribing } from './transcriber.ts';
import { Transcribers } from './transcribers.ts';

interface EngineSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  /** Undefined: the server speaks both. */
  readonly openaiDialect?: 'translation' | 'conversation' | undefined;
}

export interface EnginesOptions {
  readonly settings: EngineSettings;
  /** What the owner has saved; a key in the settings comes before it. */
  readonly savedKey: () => string | undefined;
  /** What all sessions with a service share of how it was met. */
  readonly breakers?: Breakers;
  readonly log: Log;
  /** What to change of {@link LADDER_TIMING}. */
  readonly timing?: Partial<LadderTiming>;
}

/** Which ways of interpreting there are, by the settings and by the key, which may change while tours are live. */
export class Engines {
  private readonly options: EnginesOptions;
  private readonly timing: LadderTiming;
  private readonly observers = new Set<() => void>();
  private readonly offline: readonly Rung[];
  private openai: readonly Rung[] = [];
  /** The engines themselves, for what is not interpreting. */
  private own: OfflineEngine | undefined;
  private servers: readonly OpenAiEngine[] = [];
  private key: string | undefined;
  private current: Ladder;
  private cheap: Ladder;
  private writing: Transcribers;
  private cheapWriting: Transcribers;

  constructor(options: EnginesOptions) {
    this.options = options;
    this.timing = { ...LADDER_TIMING, ...options.timing };
    if (options.settings.interpreter !== 'none') this.own = new OfflineEngine({ log: options.log });
    this.offline = this.own ? [this.rung(this.own)] : [];
    this.current = this.cheap = this.ladder();
    this.writing = this.cheapWriting = this.transcribers([]);
  }

  /** The key that was saved is known by now. */
  start(): void {
    this.key = this.dueKey();
    this.build();
  }

  get chosen(): Ladder {
    return this.current;
  }

  /** What takes over in a tour that has cost what it may; the same where nothing is paid. */
  get unpaid(): Ladder {
    return this.cheap;
  }

  /** Why the box does not interpret as well as it should just now. */
  get trouble(): Problem | undefined {
    return this.current.trouble;
  }

  /** In a word: its name, or what is wrong with it. */
  get detail(): string {
    return this.trouble?.code ?? this.current.name;
  }

  /** How many sessions with servers are wanted just now. */
  get modelSessions(): number {
    return this.servers.reduce((sum, { sessions }) => sum + sessions, 0);
  }

  /** Another ladder is due, or one of its rungs is lost or back. @returns what to call to hear no more of it. */
  subscribe(observer: () => void): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  /** What writes down the guide's own words where no interpreter does. `unpaid`: no more may be spent. */
  transcribing({ unpaid }: { unpaid: boolean }): Transcribing {
    return unpaid ? this.cheapWriting : this.writing;
  }

  /** The owner may have saved another key. */
  renew(): void {
    const key = this.dueKey();
    if (key === this.key) return;
    this.key = key;
    const { openai, current, cheap, writing, cheapWriting } = this;
    this.build();
    // In their own time: they say their last words. Their tours do not wait for them.
    void this.retire([current, cheap, writing, cheapWriting], openai);
    this.tell();
  }

  /**
   * Whether the interpreter's server takes a key, asked for some seconds at most.
   * @returns nothing where the settings let the box ask no server.
   */
  async tryKey(apiKey: string): Promise<Trial | undefined> {
    const { interpreter, openaiUrl, openaiDialect } = this.options.settings;
    if (interpreter === 'none' || interpreter === 'offline') return undefined;
    // The key is tried itself, however the service was met with another one.
    const { log } = this.options;
    const dialect = openaiDialect ?? 'translation';
    const engine = new OpenAiEngine({ apiKey, url: openaiUrl, dialect, log });
    return engine.tryOut(this.timing.trialMs);
  }

  async stop(): Promise<void> {
    this.observers.clear();
    await this.retire(
      [this.current, this.cheap, this.writing, this.cheapWriting],
      [...this.openai, ...this.offline],
    );
  }

  private async retire(ladders: readonly (Ladder | Transcribers)[], rungs: readonly Rung[]): Promise<void> {
    await Promise.all(ladders.map((ladder) => ladder.stop()));
    await Promise.all(rungs.map((rung) => rung.stop()));
  }

  private dueKey(): string | undefined {
    return this.options.settings.openaiApiKey ?? this.options.savedKey();
  }

  private build(): void {
    const servers = this.dueServers();
    this.servers = servers;
    this.openai = servers.map((engine) => this.rung(engine));
    this.current = this.ladder();
    this.cheap = this.openai.some(({ engine }) => engine.paid) ? this.unpaidLadder() : this.current;
    // The first of them stands for the server.
    const server = servers.slice(0, 1).filter(({ problem }) => !problem);
    this.writing = this.transcribers(server);
    const paid = server.some((engine) => engine.paid);
    this.cheapWriting = paid ? this.transcribers([]) : this.writing;
  }

  private transcribers(servers: readonly OpenAiEngine[]): Transcribers {
    const { own, timing } = this;
    return new Transcribers({
      sources: own ? [...servers, own] : servers,
      unable: (language) => (own ? notHeard(language) : OWN_VOICE_ONLY),
      timing,
      log: this.options.log,
      onChange: this.tell,
    });
  }

  private rung(engine: InterpreterEngine): Rung {
    const rung = new Rung({ engine, timing: this.timing, log: this.options.log });
    rung.subscribe(() => this.tell());
    return rung;
  }

  /** Best first. `auto`: with a key or a URL. */
  private dueServers(): OpenAiEngine[] {
    const { interpreter, openaiUrl: url, openaiDialect } = this.options.settings;
    const { key: apiKey } = this;
    const wanted = interpreter === 'openai' || (interpreter === 'auto' && (apiKey ?? url) !== undefined);
    if (!wanted) return [];
    if (openaiDialect) return [this.openAi({ apiKey, url, dialect: openaiDialect })];
    return [
      this.openAi({ apiKey, url, dialect: 'translation' }),
      this.openAi({ apiKey, url, dialect: 'conversation', except: translationDialect.languages }),
    ];
  }

  private openAi(
    options: Omit<ConstructorParameters<typeof OpenAiEngine>[0], 'breakers' | 'log' | 'timing'>,
  ): OpenAiEngine {
    const { breakers, log } = this.options;
    return new OpenAiEngine({ ...options, breakers, log });
  }

  /** Prepared lines will have their rung between the servers and the programs on the box. */
  private ladder(): Ladder {
    const { offline, openai, timing } = this;
    const { interpreter } = this.options.settings;
    const [own] = offline;
    const speaks = own !== undefined && (interpreter === 'offline' || own.engine.pairs.length > 0);
    if (openai.length > 0) {
      return new Ladder({ name: 'openai', rungs: [...openai, ...offline], unable: notAtAll, timing });
    }
    if (speaks) return new Ladder({ name: 'offline', rungs: offline, unable: this.notOffline, timing });
    return new Ladder({ name: 'none', rungs: [], unable: () => OWN_VOICE_ONLY, timing });
  }

  private unpaidLadder(): Ladder {
    const rungs = [...this.openai.filter(({ engine }) => !engine.paid), ...this.offline];
    return new Ladder({ name: 'offline', rungs, unable: () => SPEND_CAP_REACHED, timing: this.timing });
  }

  private readonly notOffline = (from: string, to: string): Problem => {
    const engine = this.offline[0]?.engine;
    return (engine?.pairs.length === 0 ? engine.problem : undefined) ?? pairMissing(from, to);
  };

  private readonly tell = (): void => {
    for (const observer of this.observers) observer();
  };
}

const notAtAll = (_from: string, to: string): Problem => languageUnsupported(to);

const OWN_VOICE_ONLY: Problem = {
  code: 'interpreter_language_unsupported',
  message:
    'This box is set to carry only the guide’s own voice. Choose an interpreter in the settings to offer other languages.',
};

const SPEND_CAP_REACHED: Problem = {
  code: 'spend_cap_reached',
  message:
    'This tour has cost what it may, and the box cannot interpret this language by itself: its visitors hear your own voice. Raise the limit to go on as before.',
};
