import type { Breaker } from '../breaker/breaker.ts';
import type { Log } from '../log.ts';
import { addressBroken, KEY_MISSING } from '../openai/failure.ts';
import type { Failure } from '../openai/known-failures.ts';
import { tokensPrice } from '../openai/prices.ts';
import { OPENAI_URL, sessionAddress } from '../openai/session-address.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SpeakerEngine } from './engine.ts';
import { isFaithful } from './faithful.ts';
import { READER_TIMING, ReaderSession, type ReaderTiming } from './reader-session.ts';
import type { Reading, ReadingRequest } from './speaker.ts';

export interface OpenAiSpeakerOptions {
  /** `ws://` for a server on the LAN. */
  readonly url?: string | undefined;
  /** Needed by OpenAI's own address only. */
  readonly apiKey?: string | undefined;
  readonly model: string;
  readonly breaker?: Breaker | undefined;
  readonly log: Log;
  /** What to change of {@link READER_TIMING}. */
  readonly timing?: Partial<ReaderTiming>;
}

const TRIES = 2;

/**
 * Reads by a model that talks. It may reword what it is to read, or do what the text says: what it said is compared with
 * the text, and only what is the text word for word is ever heard.
 */
export class OpenAiSpeaker implements SpeakerEngine {
  readonly name = 'openai';
  readonly paid: boolean;
  private readonly options: OpenAiSpeakerOptions;
  private readonly timing: ReaderTiming;
  private readonly address: URL | undefined;
  private readonly headers: Record<string, string>;
  private readonly unusable: Problem | undefined;
  private session: ReaderSession | undefined;
  /** What only a person can mend, until it is tried again. */
  private refused: { readonly problem: Problem; readonly until: number } | undefined;

  constructor(options: OpenAiSpeakerOptions) {
    const { url = OPENAI_URL, apiKey, model, timing } = options;
    const key = apiKey?.trim();
    this.options = options;
    this.timing = { ...READER_TIMING, ...timing };
    this.headers = key ? { Authorization: `Bearer ${key}` } : {};
    this.paid = key !== undefined && key !== '';
    this.address = URL.canParse(url) ? sessionAddress({ base: url, model }) : undefined;
    if (!this.address) this.unusable = addressBroken(url);
    else if (!this.paid && this.address.hostname === new URL(OPENAI_URL).hostname)
      this.unusable = KEY_MISSING;
  }

  get problem(): Problem | undefined {
    const { refused } = this;
    return this.unusable ?? (refused && performance.now() < refused.until ? refused.problem : undefined);
  }

  async read({ text, language, signal, onSpent }: ReadingRequest): Promise<Reading> {
    const { log } = this.options;
    for (let attempt = 1; attempt <= TRIES && !this.problem && this.address; attempt++) {
      if (signal?.aborted) return { reason: 'cancelled' };
      const session = this.session ?? this.openSession(this.address);
      const said = await session.say({
        text,
        language,
        signal,
        onTokens: (tokens) => {
          if (this.paid) onSpent?.(tokensPrice(this.model, tokens));
        },
      });
      if (said.kind === 'cancelled') return { reason: 'cancelled' };
      if (said.kind === 'lost') continue;
      if (said.samples.length > 0 && isFaithful(said.transcript, text)) {
        return { samples: said.samples, by: 'model' };
      }
      log.warn({ language, attempt }, 'the model did not read a text word for word');
    }
    return { reason: 'failed' };
  }

  stop(): Promise<void> {
    this.session?.close();
    return Promise.resolve();
  }

  /** The owner's address may name another one. */
  private get model(): string {
    return this.address?.searchParams.get('model') ?? this.options.model;
  }

  private openSession(address: URL): ReaderSession {
    const { breaker, log } = this.options;
    const { headers, timing } = this;
    const session = new ReaderSession({
      address,
      headers,
      breaker,
      timing,
      log,
      onOver: (over, failure) => this.leave(over, failure),
    });
    this.session = session;
    session.open();
    return session;
  }

  private leave(session: ReaderSession, failure: Failure | undefined): void {
    if (this.session === session) this.session = undefined;
    if (!failure?.final) return;
    this.refused = { problem: failure.problem, until: performance.now() + this.timing.restMs };
  }
}
