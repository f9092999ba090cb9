import type { OpenAI } from 'openai';
import type { Response, ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses';
import type { Breaker } from '../../breaker/breaker.ts';
import { brokenSocket, refusedCall, serviceAway, silentServer } from '../../openai/failure.ts';
import type { Failure } from '../../openai/known-failures.ts';
import type { ApiAddress } from './address.ts';

/** `objected`: to what the call held. */
export type Reply =
  | { readonly kind: 'response'; readonly response: Response }
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

interface TextServerParts {
  readonly address: ApiAddress;
  readonly apiKey: string | undefined;
  readonly breaker: Breaker | undefined;
  readonly timing: TextServerTiming;
}

/** A server's Responses API: one answer per call, within a bound, asked for once more where that may help. */
export class TextServer {
  private readonly parts: TextServerParts;
  private client: Promise<OpenAiModule> | undefined;

  constructor(parts: TextServerParts) {
    this.parts = parts;
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
    given: AbortSignal | undefined,
  ): Promise<Reply & { readonly againMs?: number | undefined }> {
    if (given?.aborted) return { kind: 'cancelled' };
    const { breaker, timing } = this.parts;
    const attempt = breaker?.enter();
    if (breaker && !attempt) return { kind: 'failed', failure: serviceAway() };
    const deadline = AbortSignal.timeout(timing.answerMs);
    const signal = given ? AbortSignal.any([given, deadline]) : deadline;
    try {
      const { client } = await (this.client ??= this.open());
      const response = await client.responses.create(body, { signal });
      attempt?.succeed();
      return { kind: 'response', response };
    } catch (error) {
      if (given?.aborted) {
        attempt?.cancel();
        return { kind: 'cancelled' };
      }
      const reply = await this.replyTo(error, deadline.aborted);
      // A server that says what is wrong with a call is there.
      if (reply.kind === 'failed' && !reply.failure.final) attempt?.fail();
      else attempt?.succeed();
      return reply;
    }
  }

  private async replyTo(
    error: unknown,
    late: boolean,
  ): Promise<Reply & { readonly againMs?: number | undefined }> {
    const { APIError } = (await this.client) ?? {};
    const { againMs } = this.parts.timing;
    if (late) return { kind: 'failed', failure: silentServer(), againMs };
    if (APIError && error instanceof APIError && error.status !== undefined) {
      const { status, code, type, param, message, headers } = error;
      const failure = refusedCall({ status, body: { message, code, type, param } });
      return failure ? { kind: 'failed', failure, againMs: this.pauseOf(headers) } : { kind: 'objected' };
    }
    return { kind: 'failed', failure: brokenSocket(rootOf(error)), againMs };
  }

  /** `Retry-After` in seconds (RFC 9110, 10.2.3). Nothing: it is longer than anybody waits. */
  private pauseOf(headers: Headers | undefined): number | undefined {
    const { againMs, againMaxMs } = this.parts.timing;
    const asked = headers?.get('retry-after');
    const ms = asked ? Number(asked) * 1_000 : againMs;
    if (Number.isNaN(ms)) return againMs;
    return ms <= againMaxMs ? ms : undefined;
  }

  /** Loaded with the first text: it is large. */
  private async open(): Promise<OpenAiModule> {
    const { OpenAI: Client, APIError } = await import('openai');
    const { address, apiKey, timing } = this.parts;
    return {
      APIError,
      client: new Client({
        baseURL: address.base,
        // Servers on the LAN ask for none.
        apiKey: apiKey ?? 'none',
        defaultQuery: { ...address.query },
        organization: null,
        project: null,
        timeout: timing.answerMs,
        // It would also ask again where only a person can mend it.
        maxRetries: 0,
        logLevel: 'off',
      }),
    };
  }
}

interface OpenAiModule {
  readonly client: OpenAI;
  readonly APIError: typeof OpenAI.APIError;
}

/** The socket's own error is under those of whoever used it. */
function rootOf(error: unknown): Error {
  let root = error instanceof Error ? error : new Error(String(error));
  while (root.cause instanceof Error) root = root.cause;
  return root;
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const end = () => resolve(false);
  const timer = setTimeout(() => resolve(true), ms);
  signal?.addEventListener('abort', end, { once: true });
  const whole = !signal?.aborted && (await promise);
  clearTimeout(timer);
  signal?.removeEventListener('abort', end);
  return whole;
}
