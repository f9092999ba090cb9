import { validateHeaderValue } from 'node:http';
import type { Breaker } from '../../breaker/breaker.ts';
import type { Breakers } from '../../breaker/breakers.ts';
import type { Log } from '../../log.ts';
import type { Problem } from '../../protocol/errors.ts';
import { primarySubtag } from '../../protocol/languages.ts';
import type { Interpreter, InterpreterEngine, InterpreterRequest, Trial } from '../interpreter.ts';
import { conversationDialect } from './conversation-dialect.ts';
import type { Dialect } from './dialect.ts';
import {
  addressBroken,
  KEY_BROKEN,
  KEY_MISSING,
  languageUnsupported,
  serviceAway,
} from '../../openai/failure.ts';
import { OPENAI_URL } from '../../openai/session-address.ts';
import { OpenAiInterpreter, type OpenAiInterpreterParts } from './openai-interpreter.ts';
import { RefusedInterpreter } from '../refused-interpreter.ts';
import { Meter } from './meter.ts';
import { Session } from './session.ts';
import { SessionOpenings } from './session-openings.ts';
import {
  type Transcriber,
  type TranscriberRequest,
  type TranscriberSource,
  transcriptOnly,
} from '../transcriber.ts';
import { OPENAI_TIMING, type OpenAiTiming } from './timing.ts';
import { transcriptionDialect } from './transcription-dialect.ts';
import { translationDialect } from './translation-dialect.ts';

/** How long a session that was only opened to see whether it can be may take to close. */
const GOODBYE_MS = 1_000;

/** So many sessions in a row that did not open, whoever wanted them: the service is away. */
const FAILURES = 5;

const DIALECTS = { translation: translationDialect, conversation: conversationDialect } as const;

/** Interpreting by OpenAI's realtime models, or by any server that speaks like them: one session per language. */
export class OpenAiEngine implements InterpreterEngine, TranscriberSource {
  readonly name = 'openai';
  readonly rough = false;
  readonly pairs: InterpreterEngine['pairs'];
  readonly problem?: Problem;
  private readonly dialect: Dialect;
  private readonly url: string;
  private readonly address: URL | undefined;
  private readonly headers: Record<string, string>;
  private readonly log: Log;
  private readonly timing: OpenAiTiming;
  private readonly openings: SessionOpenings;
  private readonly breakers: Breakers | undefined;
  private readonly interpreters = new Set<Interpreter>();
  private readonly languages: readonly string[];

  /**
   * `url`: without the dialect's path; `ws://` for a server on the LAN. `apiKey`: needed by OpenAI's own address
   * only. `except`: languages that another engine has. `breakers`: missing, whoever wants to may try, at any time.
   * `timing`: what to change of {@link OPENAI_TIMING}.
   */
  constructor({
    url = OPENAI_URL,
    apiKey,
    dialect,
    except = [],
    breakers,
    log,
    timing = {},
  }: {
    url?: string | undefined;
    apiKey?: string | undefined;
    dialect: keyof typeof DIALECTS;
    except?: readonly string[];
    breakers?: Breakers | undefined;
    log: Log;
    timing?: Partial<OpenAiTiming>;
  }) {
    this.url = url;
    this.dialect = DIALECTS[dialect];
    const key = apiKey?.trim();
    this.headers = key ? { Authorization: `Bearer ${key}` } : {};
    this.log = log;
    this.timing = { ...OPENAI_TIMING, ...timing };
    this.breakers = breakers;
    this.openings = new SessionOpenings({ gapMs: this.timing.openingGapMs });
    this.languages = this.dialect.languages.filter((language) => !except.includes(language));
    this.pairs = [{ from: '*', to: this.languages }];
    this.address = addressOf(this.dialect, url);
    if (!this.address) this.problem = addressBroken(url);
    else if (!canBeSent(this.headers)) this.problem = KEY_BROKEN;
    else if (!key && this.address.hostname === new URL(OPENAI_URL).hostname) this.problem = KEY_MISSING;
  }

  /** A server that asks for no key asks for no money: somebody's own, on the LAN. */
  get paid(): boolean {
    return this.headers['Authorization'] !== undefined;
  }

  /** How many have or want one: one each. */
  get sessions(): number {
    return this.interpreters.size;
  }

  create({ from, to, output, captionSource, glossary = () => [] }: InterpreterRequest): Interpreter {
    const spoken = primarySubtag(to);
    if (this.problem || !this.address || !this.languages.includes(spoken))
      return new RefusedInterpreter({
        language: to,
        problem: this.problem ?? languageUnsupported(to),
        output,
      });
    const { dialect, address } = this;
    return this.make({ from, to, spoken, captionSource, glossary, output, dialect, address });
  }

  /** Which languages it does not understand is not published; it says so itself. */
  canTranscribe(): boolean {
    return true;
  }

  transcribe({ language, keywords, output: receiver }: TranscriberRequest): Transcriber {
    const output = transcriptOnly(receiver);
    const address = addressOf(transcriptionDialect, this.url);
    if (this.problem || !address)
      return new RefusedInterpreter({ language, problem: this.problem ?? addressBroken(this.url), output });
    return this.make({
      from: language,
      to: language,
      spoken: primarySubtag(language),
      captionSource: true,
      keywords,
      glossary: () => [],
      output,
      dialect: transcriptionDialect,
      address,
    });
  }

  /** Opens a session, sends no sound, and closes it again. */
  tryOut(withinMs: number): Promise<Trial> {
    return this.tryDialect(this.dialect, withinMs);
  }

  tryTranscribing(withinMs: number): Promise<Trial> {
    return this.tryDialect(transcriptionDialect, withinMs);
  }

  private tryDialect(dialect: Dialect, withinMs: number): Promise<Trial> {
    const { problem, headers, timing, log } = this;
    const address = addressOf(dialect, this.url);
    if (problem || !address)
      return Promise.resolve({ kind: 'refused', problem: problem ?? addressBroken(OPENAI_URL) });
    const { promise, resolve } = Promise.withResolvers<Trial>();
    const session = new Session({
      address,
      headers,
      dialect,
      settings: { language: this.languages[0] ?? 'en', captionSource: false, glossary: [] },
      timing: { ...timing, openTimeoutMs: withinMs },
      breaker: this.breakerOf(dialect),
      observer: {
        onReady: () => {
          session.finish(GOODBYE_MS);
          resolve({ kind: 'accepted' });
        },
        onLost: (_, { final, problem: why }) =>
          resolve({ kind: final ? 'refused' : 'unreachable', problem: why }),
        onOutput: () => undefined,
        onEnded: () => undefined,
      },
      meter: new Meter({ model: '', byMinute: false, captionModel: '', onSpent: () => undefined }),
      log,
    });
    session.open();
    return promise;
  }

  watch(onAway: (problem: Problem) => void): () => void {
    return this.watchDialect(this.dialect, onAway);
  }

  watchTranscribing(onAway: (problem: Problem) => void): () => void {
    return this.watchDialect(transcriptionDialect, onAway);
  }

  private watchDialect(dialect: Dialect, onAway: (problem: Problem) => void): () => void {
    const breaker = this.breakerOf(dialect);
    if (!breaker) return () => undefined;
    return breaker.subscribe(() => {
      if (breaker.state === 'open') onAway(serviceAway().problem);
    });
  }

  private make(
    wanted: Pick<
      OpenAiInterpreterParts,
      'from' | 'to' | 'spoken' | 'captionSource' | 'glossary' | 'keywords' | 'output' | 'dialect' | 'address'
    >,
  ): OpenAiInterpreter {
    const interpreter = new OpenAiInterpreter({
      ...wanted,
      onStopped: () => this.interpreters.delete(interpreter),
      headers: this.headers,
      openings: this.openings,
      meter: this.meter(wanted),
      breaker: this.breakerOf(wanted.dialect),
      timing: this.timing,
      log: this.log,
    });
    this.interpreters.add(interpreter);
    return interpreter;
  }

  /** One for each kind of sessions: they are different models, and one may be away without the other. */
  private breakerOf({ name }: Dialect): Breaker | undefined {
    return this.breakers?.of(name, { failures: FAILURES, restMs: this.timing.backoffMs });
  }

  private meter({
    address,
    dialect,
    output,
  }: Pick<OpenAiInterpreterParts, 'address' | 'dialect' | 'output'>) {
    return new Meter({
      model: address.searchParams.get('model') ?? '',
      byMinute: dialect.byMinute,
      captionModel: dialect.captionModel,
      onSpent: (usd) => {
        if (this.paid) output.onSpent?.(usd);
      },
    });
  }

  /** Stops every interpreter that still runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.interpreters].map((interpreter) => interpreter.stop()));
  }
}

/** A header that cannot be sent would throw out of the timer that opens a session. */
function canBeSent(headers: Readonly<Record<string, string>>): boolean {
  try {
    for (const [name, value] of Object.entries(headers)) validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function addressOf(dialect: Dialect, url: string): URL | undefined {
  try {
    const address = dialect.address(url);
    return /^wss?:$/.test(address.protocol) ? address : undefined;
  } catch {
    return undefined;
  }
}
