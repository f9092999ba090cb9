import { FLOOR_RATE } from '../floor/floor-frame.ts';
import type { Failure } from '../openai/known-failures.ts';
import { ModelSpeech } from '../openai/model-speech.ts';
import type { Tokens } from '../openai/prices.ts';
import { LONGEST_READING_S } from './engine.ts';
import { joined } from '../floor/samples.ts';

/** What came of one try to have a text read. */
export type Said =
  /** `transcript`: what the server says it has said. */
  | { readonly kind: 'said'; readonly samples: Int16Array; readonly transcript: string }
  | { readonly kind: 'lost'; readonly failure: Failure | undefined }
  | { readonly kind: 'cancelled' };

export interface TakeOptions {
  readonly text: string;
  readonly language: string;
  readonly signal?: AbortSignal | undefined;
  readonly onTokens: (tokens: Tokens) => void;
}

/** One response of a reader's session, while it comes in. */
export class Take {
  readonly options: TakeOptions;
  readonly said: Promise<Said>;
  /** The server's own name for it, once it is known. */
  response: string | undefined;
  private readonly resolve: (said: Said) => void;
  private readonly speech = new ModelSpeech();
  private readonly pieces: Int16Array[] = [];
  private length = 0;
  private transcript = '';
  private over = false;

  constructor(options: TakeOptions) {
    const { promise, resolve } = Promise.withResolvers<Said>();
    this.options = options;
    this.said = promise;
    this.resolve = resolve;
  }

  /** What comes now is not waited for any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** @returns whether that is still within what a text can take. */
  hear(base64: string): boolean {
    if (this.over) return true;
    const samples = this.speech.decode({ base64 });
    this.pieces.push(samples);
    this.length += samples.length;
    return this.length <= LONGEST_READING_S * FLOOR_RATE;
  }

  /** One part of several, where a response has several. */
  write(transcript: string): void {
    this.transcript += ` ${transcript}`;
  }

  complete(): void {
    this.end({ kind: 'said', samples: joined(this.pieces), transcript: this.transcript });
  }

  end(said: Said): void {
    this.over = true;
    this.pieces.length = 0;
    this.resolve(said);
  }
}
