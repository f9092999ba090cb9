import type { Response, ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { Log } from '../../log.ts';
import type { ServerError } from '../../openai/failure.ts';
import { WarmThread } from '../../program/warm-thread.ts';

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

export interface Call {
  readonly to: CallTo;
  readonly body: ResponseCreateParamsNonStreaming;
  /** For the whole of the answer, ms. */
  readonly withinMs: number;
}

export interface CallTo {
  readonly base: string;
  readonly query: Readonly<Record<string, string>>;
  readonly apiKey: string;
}

/** What of a response is made use of. */
export interface Answered {
  readonly status: Response['status'] | undefined;
  readonly output: Response['output'];
  readonly usage: Response['usage'] | undefined;
}

/** `late`: the answer was not there in time. `broken`: the connection, with the system's code of it. */
export type CallEnd =
  | { readonly kind: 'answered'; readonly response: Answered }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly error: ServerError;
      readonly retryAfter: string | null;
    }
  | { readonly kind: 'late' }
  | { readonly kind: 'broken'; readonly message: string; readonly code: string | undefined };

/** Where calls are made, with any key and to any server. */
export type TextCalls = Pick<WarmThread<Call, CallEnd>, 'ask' | 'stop'>;

/** In a thread: the package that makes them takes the main one too long to load. */
export function textCalls(log: Log): TextCalls {
  return new WarmThread({ name: 'texts', script: SCRIPT, log });
}
