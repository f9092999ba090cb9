import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { Breaker } from '../../breaker/breaker.ts';
import { brokenSocket, refusedCall, serviceAway, silentServer } from '../../openai/failure.ts';
import type { Failure } from '../../openai/known-failures.ts';
import type { ApiAddress } from './address.ts';
import type { Answered, CallEnd, CallTo, TextCalls } from './call.ts';

/** `objected`: to what the call held. */
export type Reply =
  | { readonly kind: 'response'; readonly response: Answered }
  | { readonly kind: 'objected' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

export interface TextServerTiming {
  /** For one answer, whole. */
  readonly answerMs: number;
  /** Before a call is made once more, where the server does not say how long. */
  readonly againMs: number;
  /** Nobody waits longer for that. */
  readonly againMaxMs: number;
}

export const TEXT_SERVER_TIMING: TextServerTiming = { answerMs: 15_000, againMs: 500, againMaxMs: 5_000 };

/** For the thread to begin, on a small board that is busy. */
const BEGIN_MS = 15_000;

interface TextServerParts {
  readonly address: ApiAddress;
  readonly apiKey: string | undefined;
  readonly breaker: Breaker | undefined;
  readonly timing: TextServerTiming;
  readonly calls: TextCalls;
}

/** Undefined: asking once more is of no use. */
type Try = Reply & { readonly againMs?: number | undefined };

/** A server's Responses API: one answer per call, within a bound, asked for once more where that may help. */
export class TextServer {
  private readonly breaker: Breaker | undefined;
  private readonly timing: TextServerTiming;
  private readonly calls: TextCalls;
  private readonly to: CallTo;

  constructor({ address: { base, query }, apiKey, breaker, timing, calls }: TextServerParts) {
    this.breaker = breaker;
    this.timing = timing;
    // Servers on the LAN ask for no key, but the package does.
    this.to = { base, query, apiKey: apiKey ?? 'none' };
    this.calls = calls;
  }

  /** Never rejects. */
  async ask(body: ResponseCreateParamsNonStreaming, signal: AbortSignal | undefined): Promise<Reply> {
    const first = await this.askOnce(body, signal);
    if (first.kind !== 'failed' || first.failure.final || first.againMs === undefined) return first;
    if (!(await waited(first.againMs, signal))) return { kind: 'cancelled' };
    return this.askOnce(body, signal);
  }

  private async askOnce(
    body: ResponseCreateParamsNonStreaming,
    signal: AbortSignal | undefined,
  ): Promise<Try> {
    if (signal?.aborted) return { kind: 'cancelled' };
    const { breaker } = this;
    const attempt = breaker?.enter();
    if (breaker && !attempt) return { kind: 'failed', failure: serviceAway() };
    const withinMs = this.timing.answerMs;
    const call = { to: this.to, body, withinMs };
    const end = await this.calls.ask(call, { patienceMs: withinMs + BEGIN_MS, signal });
    if (signal?.aborted) {
      attempt?.cancel();
      return { kind: 'cancelled' };
    }
    const reply = this.replyTo(end);
    // A server that says what is wrong with a call is there.
    if (reply.kind === 'failed' && !reply.failure.final) attempt?.fail();
    else attempt?.succeed();
    return reply;
  }

  private replyTo(end: CallEnd | undefined): Try {
    const { againMs } = this.timing;
    if (!end || end.kind === 'late') return { kind: 'failed', failure: silentServer(), againMs };
    if (end.kind === 'answered') return { kind: 'response', response: end.response };
    if (end.kind === 'broken') {
      const error = Object.assign(new Error(end.message), { code: end.code });
      return { kind: 'failed', failure: brokenSocket(error), againMs };
    }
    const failure = refusedCall({ status: end.status, body: end.error });
    return failure
      ? { kind: 'failed', failure, againMs: this.pauseOf(end.retryAfter) }
      : { kind: 'objected' };
  }

  /** `Retry-After` in seconds (RFC 9110, 10.2.3). Nothing: it is longer than anybody waits. */
  private pauseOf(retryAfter: string | null): number | undefined {
    const { againMs, againMaxMs } = this.timing;
    const ms = retryAfter === null ? againMs : Number(retryAfter) * 1_000;
    if (Number.isNaN(ms)) return againMs;
    return ms <= againMaxMs ? ms : undefined;
  }
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const end = (): void => resolve(false);
  const timer = setTimeout(() => resolve(true), ms);
  signal?.addEventListener('abort', end, { once: true });
  const whole = !signal?.aborted && (await promise);
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
  return whole;
}
