import { validateHeaderValue } from 'node:http';
import { bulkhead } from 'cockatiel';
import type { Breakers } from '../../breaker/breakers.ts';
import type { Log } from '../../log.ts';
import { addressBroken, KEY_BROKEN, KEY_MISSING, serviceAway } from '../../openai/failure.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { EngineLine, EngineRequest, TextEngine } from '../engine.ts';
import { settledTerms } from '../glossary.ts';
import { apiAddress } from './address.ts';
import { Batch } from './batch.ts';
import type { TextCalls } from './call.ts';
import { TEXT_SERVER_TIMING, TextServer, type TextServerTiming } from './text-server.ts';

/** The name of its breaker. */
const BREAKER = 'text';
const FAILURES = 5;
const REST_MS = 20_000;
/** What only a person can mend is tried again after so long: perhaps somebody has. */
const LASTING_MS = 300_000;
const CHUNK_LINES = 20;
const CHUNK_CHARACTERS = 6_000;
/** Longer lines are nothing that people say at a time. */
const LONGEST_LINE = 4_000;
const AT_ONCE = 3;
const MOST_WAITING = 1_000;

export interface OpenAiTextOptions {
  readonly model: string;
  /** Where the server's realtime sessions are opened; missing: OpenAI's own. */
  readonly url?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly breakers?: Breakers | undefined;
  /** Its owner stops it. */
  readonly calls: TextCalls;
  readonly log: Log;
  /** What to change of {@link TEXT_SERVER_TIMING}. */
  readonly timing?: Partial<TextServerTiming> | undefined;
}

/** Translates by a large model, OpenAI's or that of a server with the same Responses API. */
export class OpenAiTextEngine implements TextEngine {
  readonly name = 'openai';
  readonly by = 'model';
  readonly paid: boolean;
  private readonly model: string;
  private readonly log: Log;
  private readonly server: TextServer | undefined;
  private readonly away: () => Problem | undefined;
  private readonly places = bulkhead(AT_ONCE, MOST_WAITING);
  private readonly stopping = new AbortController();
  private readonly unusable: Problem | undefined;
  private refused: { readonly problem: Problem; readonly until: number } | undefined;

  constructor({ model, url, apiKey, breakers, calls, log, timing }: OpenAiTextOptions) {
    const key = apiKey?.trim() || undefined;
    const address = apiAddress(url);
    const breaker = breakers?.of(BREAKER, { failures: FAILURES, restMs: REST_MS });
    this.model = model;
    this.paid = key !== undefined;
    this.log = log;
    this.away = () => (breaker?.state === 'open' ? serviceAway().problem : undefined);
    if (!address) this.unusable = addressBroken(url ?? '');
    else if (key !== undefined && !canBeSent(key)) this.unusable = KEY_BROKEN;
    else if (key === undefined && address.isOpenAi) this.unusable = KEY_MISSING;
    if (address && !this.unusable)
      this.server = new TextServer({
        address,
        apiKey: key,
        breaker,
        calls,
        timing: { ...TEXT_SERVER_TIMING, ...timing },
      });
  }

  get out(): Problem | undefined {
    if (this.unusable) return this.unusable;
    if (this.refused && performance.now() < this.refused.until) return this.refused.problem;
    return this.away();
  }

  /** Which languages it does not know is not published. */
  can(): boolean {
    return this.server !== undefined;
  }

  async translate(lines: readonly string[], request: EngineRequest): Promise<readonly EngineLine[]> {
    const done = await Promise.all(chunksOf(lines).map((chunk) => this.translateChunk(chunk, request)));
    return done.flat();
  }

  stop(): Promise<void> {
    this.stopping.abort();
    return Promise.resolve();
  }

  private async translateChunk(
    chunk: readonly string[],
    request: EngineRequest,
  ): Promise<readonly EngineLine[]> {
    const { server } = this;
    if (!server || chunk.some(({ length }) => length > LONGEST_LINE))
      return chunk.map(() => ({ reason: 'failed' }));
    const signals = [this.stopping.signal, ...(request.signal ? [request.signal] : [])];
    const batch = new Batch({
      model: this.model,
      request: {
        ...request,
        signal: AbortSignal.any(signals),
        onSpent: (usd) => {
          if (this.paid && usd > 0) request.onSpent?.(usd);
        },
      },
      terms: settledTerms(request.glossary, request.to),
      server,
      out: () => this.out,
      onFinal: (problem) => this.refuse(problem),
      onAnswer: () => (this.refused = undefined),
    });
    try {
      return await this.places.execute(() => batch.translate(chunk));
    } catch (error) {
      // Too many wait already.
      this.log.warn({ err: error }, 'text was not translated');
      return chunk.map(() => ({ reason: 'failed' }));
    }
  }

  private refuse(problem: Problem): void {
    if (!this.refused) this.log.warn({ problem }, 'texts are not translated by the model for now');
    this.refused = { problem, until: performance.now() + LASTING_MS };
  }
}

/** Few enough for an answer that comes in time; an overlong line is alone. */
function chunksOf(lines: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let characters = Infinity;
  for (const line of lines) {
    const last = chunks.at(-1);
    const fits = last && last.length < CHUNK_LINES && characters + line.length <= CHUNK_CHARACTERS;
    if (fits && line.length <= LONGEST_LINE) last.push(line);
    else {
      chunks.push([line]);
      characters = 0;
    }
    characters += line.length > LONGEST_LINE ? Infinity : line.length;
  }
  return chunks;
}

function canBeSent(key: string): boolean {
  try {
    validateHeaderValue('Authorization', `Bearer ${key}`);
    return true;
  } catch {
    return false;
  }
}
