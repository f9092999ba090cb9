import type { Breakers } from '../breaker/breakers.ts';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import { inOneLine } from '../protocol/text.ts';
import { LONGEST_TEXT, type SpeakerEngine } from './engine.ts';
import { EspeakSpeaker } from './espeak-speaker.ts';
import { EspeakVoices } from './espeak-voices.ts';
import { OpenAiSpeaker, type OpenAiSpeakerOptions } from './openai-speaker.ts';
import type { Reading, ReadingRequest, Speaker } from './speaker.ts';

export interface SpeakerSettings {
  readonly interpreter: 'auto' | 'openai' | 'offline' | 'none';
  readonly openaiApiKey?: string | undefined;
  readonly openaiUrl?: string | undefined;
  /** Where the server speaks `translation` alone, it reads nothing. */
  readonly openaiDialect?: 'translation' | 'conversation' | undefined;
  readonly speakerModel: string;
}

export interface SpeakersOptions {
  readonly settings: SpeakerSettings;
  /** What the owner has saved; a key in the settings comes before it. */
  readonly savedKey: () => string | undefined;
  readonly breakers?: Breakers | undefined;
  readonly log: Log;
  /** Where `espeak-ng` is not where Debian puts it. */
  readonly espeak?: string;
  readonly timing?: OpenAiSpeakerOptions['timing'];
}

/** Sessions in a row that did not open: the service is away. It is tried again after so long, ms. */
const BREAKER = { failures: 5, restMs: 1_000 };
const WORDS = /[\p{L}\p{N}]/u;

/** The ways of reading a text aloud, the best first, by the settings and by the key, which may change at any time. */
export class Speakers implements Speaker {
  private readonly options: SpeakersOptions;
  private readonly own: SpeakerEngine;
  private server: SpeakerEngine | undefined;
  private key: string | undefined;

  /** Looks which voices are installed, which blocks for some milliseconds. */
  constructor(options: SpeakersOptions) {
    const { espeak: program = 'espeak-ng', log } = options;
    this.options = options;
    this.own = new EspeakSpeaker({ program, voices: new EspeakVoices({ program }), log });
  }

  /** Why it does not read as well as it should just now. */
  get problem(): Problem | undefined {
    return this.engines()[0]?.problem;
  }

  /** The name of what reads. */
  get name(): SpeakerEngine['name'] {
    return this.engines()[0]?.name ?? 'espeak';
  }

  async read(request: ReadingRequest): Promise<Reading> {
    const text = inOneLine(request.text);
    if (text.length > LONGEST_TEXT || !WORDS.test(text)) return { reason: 'unable' };
    const { unpaid = false, signal } = request;
    const all = this.engines();
    const engines = all.filter(({ paid }) => !(unpaid && paid));
    let reason: Extract<Reading, { reason: string }>['reason'] =
      engines.length < all.length ? 'spend-cap' : 'unable';
    for (const engine of engines) {
      if (signal?.aborted) return { reason: 'cancelled' };
      const reading = await engine.read({ ...request, text });
      if ('samples' in reading || reading.reason === 'cancelled') return reading;
      if (reading.reason === 'failed') reason = 'failed';
    }
    return { reason };
  }

  async stop(): Promise<void> {
    await Promise.all([this.server?.stop(), this.own.stop()]);
  }

  private engines(): readonly SpeakerEngine[] {
    const server = this.dueServer();
    return server ? [server, this.own] : [this.own];
  }

  /** With another key it is another one; the session of the old one ends. */
  private dueServer(): SpeakerEngine | undefined {
    const { interpreter, openaiApiKey, openaiUrl, openaiDialect } = this.options.settings;
    const key = openaiApiKey ?? this.options.savedKey();
    const wanted =
      openaiDialect !== 'translation' &&
      (interpreter === 'openai' || (interpreter === 'auto' && (key ?? openaiUrl) !== undefined));
    if (!wanted) return undefined;
    if (this.server && key === this.key) return this.server;
    void this.server?.stop();
    this.key = key;
    this.server = this.createServer(key);
    return this.server;
  }

  private createServer(apiKey: string | undefined): SpeakerEngine {
    const { settings, breakers, log, timing } = this.options;
    const { openaiUrl: url, speakerModel: model } = settings;
    const breaker = breakers?.of('reading', BREAKER);
    return new OpenAiSpeaker({ apiKey, url, model, breaker, log, ...(timing && { timing }) });
  }
}
