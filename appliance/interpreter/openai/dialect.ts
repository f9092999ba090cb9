import type { GlossaryEntry } from '../../protocol/views.ts';
import type { ServerError } from '../../openai/failure.ts';
import type { Tokens } from '../../openai/prices.ts';
import type { UselessEvent } from '../../openai/server-event.ts';

/** What a session's server says, the same in all dialects. */
export type SessionEvent =
  /** `expiresAt`: s since the epoch, by the server's clock. */
  | { readonly kind: 'created'; readonly expiresAt?: number | undefined }
  | { readonly kind: 'updated' }
  | { readonly kind: 'closed' }
  | SessionOutput
  /** One message that settles several things, in this order. */
  | { readonly kind: 'several'; readonly events: readonly SessionOutput[] }
  /** One turn's answer is over: what is to be paid, where tokens are, and why it was none. */
  | {
      readonly kind: 'answered';
      readonly tokens: Tokens;
      readonly unanswered: ServerError | undefined;
    }
  | { readonly kind: 'error'; readonly error: ServerError }
  | UselessEvent;

/** The part of it that reaches the listeners. */
export type SessionOutput =
  | { readonly kind: 'speech'; readonly samples: Int16Array }
  | { readonly kind: 'words'; readonly delta: string }
  /** `rest`: what did not come as deltas. */
  | { readonly kind: 'words-end'; readonly rest: string }
  | { readonly kind: 'source-words'; readonly delta: string }
  | { readonly kind: 'source-words-end'; readonly rest: string };

/** Reads one session's messages, in order: some go on where others ended. */
export type ReadEvent = (message: string) => SessionEvent;

export interface SessionSettings {
  /** ISO 639-1. */
  readonly language: string;
  readonly captionSource: boolean;
  /** For dialects that can be told. */
  readonly glossary: readonly GlossaryEntry[];
  /** Names and terms, where a dialect can make use of them. */
  readonly keywords?: readonly string[] | undefined;
}

/** One way of speaking with a realtime server: what to send, and what its events mean. */
export interface Dialect {
  readonly name: 'translation' | 'conversation' | 'transcription';
  /** BCP 47 primary subtags it can speak. */
  readonly languages: readonly string[];
  /** Paid by the minute of audio, or else by the token. */
  readonly byMinute: boolean;
  /** The model that captions the guide's own words. */
  readonly captionModel: string;
  /** The event that carries audio. */
  readonly appendType: string;
  /** Asks the server to say its last words and end; without it, its output going quiet is the end. */
  readonly closing: string | undefined;
  /** Where the client must say what belongs together: ends an utterance, and throws away quiet. */
  readonly boundaries?: { readonly commit: string; readonly clear: string };
  /** The session's address under `base`; throws a TypeError when `base` is no URL. */
  address(base: string): URL;
  /** The whole settings, as the first message and again at each change. */
  update(settings: SessionSettings): string;
  reader(): ReadEvent;
}
