import { WebSocket, type RawData } from 'ws';
import type { Attempt, Breaker } from '../breaker/breaker.ts';
import type { Log } from '../log.ts';
import {
  brokenSocket,
  closedSocket,
  failureOf,
  KEY_BROKEN,
  serviceAway,
  type ServerError,
  silentServer,
  unansweredTurn,
} from '../openai/failure.ts';
import { type Failure, knownFailure } from '../openai/known-failures.ts';
import { readRefusal } from '../openai/refused-upgrade.ts';
import {
  cancelMessage,
  type ReaderEvent,
  readMessage,
  readReaderEvent,
  updateMessage,
} from './reader-wire.ts';
import { type Said, Take, type TakeOptions } from './take.ts';
import { Takes } from './takes.ts';

export interface ReaderTiming {
  /** From the start of the handshake until the session has taken its settings, ms. */
  readonly openMs: number;
  /** A reading of which nothing comes for so long is lost, and the session with it, ms. */
  readonly silenceMs: number;
  /** An unused session is closed after so long, ms. */
  readonly keepMs: number;
  /** What only a person can mend is tried again after so long, ms. */
  readonly restMs: number;
}

export const READER_TIMING: ReaderTiming = {
  openMs: 10_000,
  silenceMs: 10_000,
  keepMs: 20_000,
  restMs: 60_000,
};

export interface ReaderSessionOptions {
  readonly address: URL;
  readonly headers: Record<string, string>;
  readonly breaker: Breaker | undefined;
  readonly timing: ReaderTiming;
  readonly log: Log;
  /** Nothing more can be read in it; `failure`: why, unless it was closed for want of use. */
  readonly onOver: (session: ReaderSession, failure: Failure | undefined) => void;
}

const SOCKET = { perMessageDeflate: false, maxPayload: 16 * 1_024 * 1_024, followRedirects: false } as const;
const CLOSE_MS = 1_000;

/** One WebSocket session that reads texts, several at once. Opened once, closed after a while without use. */
export class ReaderSession {
  private readonly options: ReaderSessionOptions;
  private readonly takes = new Takes();
  private phase: 'new' | 'opening' | 'ready' | 'over' = 'new';
  private socket: WebSocket | undefined;
  private attempt: Attempt | undefined;
  /** Until something has to have come. */
  private deadline: NodeJS.Timeout | undefined;
  private unused: NodeJS.Timeout | undefined;

  constructor(options: ReaderSessionOptions) {
    this.options = options;
  }

  open(): void {
    const { address, headers, breaker, timing } = this.options;
    this.phase = 'opening';
    this.attempt = breaker?.enter();
    if (breaker && !this.attempt) return this.lose(serviceAway());
    this.await(timing.openMs);
    try {
      this.socket = new WebSocket(address, { ...SOCKET, headers });
    } catch {
      // A key that no header can carry.
      return this.lose({ final: true, problem: KEY_BROKEN });
    }
    const { socket } = this;
    socket.on('unexpected-response', (request, response) =>
      readRefusal({ request, response, onFailure: (failure) => this.lose(failure) }),
    );
    socket.on('open', () => socket.send(updateMessage()));
    socket.on('message', (data) => this.hear(data));
    socket.on('error', (error) => this.lose(brokenSocket(error)));
    socket.on('close', (_code, reason) => this.lose(closedSocket(reason.toString())));
  }

  /** Never rejects. */
  say(options: TakeOptions): Promise<Said> {
    const take = new Take(options);
    if (this.phase === 'over') {
      take.end({ kind: 'lost', failure: undefined });
      return take.said;
    }
    const name = this.takes.add(take);
    clearTimeout(this.unused);
    const { signal } = options;
    const abort = (): void => this.cancel(take, { kind: 'cancelled' });
    signal?.addEventListener('abort', abort);
    void take.said.then(() => signal?.removeEventListener('abort', abort));
    if (this.phase === 'ready') this.ask(name, take);
    return take.said;
  }

  close(): void {
    this.end(undefined);
  }

  private ask(name: string, { options }: Take): void {
    this.await(this.options.timing.silenceMs);
    this.socket?.send(readMessage(name, options));
  }

  private hear(data: RawData): void {
    if (this.phase === 'over') return;
    if (this.phase === 'ready') this.deadline?.refresh();
    this.act(readReaderEvent(Buffer.isBuffer(data) ? data.toString() : ''));
  }

  private act(event: ReaderEvent): void {
    switch (event.kind) {
      case 'updated':
        this.begin();
        return;
      case 'begun': {
        const take = this.takes.begin(event.response, event.reading);
        if (take?.isOver) this.socket?.send(cancelMessage(event.response));
        return;
      }
      case 'speech': {
        const take = this.takes.answeredBy(event.response);
        if (take?.hear(event.base64) === false) this.cancel(take, { kind: 'lost', failure: undefined });
        return;
      }
      case 'said':
        this.takes.answeredBy(event.response)?.write(event.transcript);
        return;
      case 'done':
        this.finish(event);
        return;
      case 'error':
        this.fail(event);
        return;
      case 'broken':
        this.options.log.warn(
          { reason: event.reason },
          'the reader’s server sent an event that cannot be read',
        );
        return;
      case 'other':
    }
  }

  private begin(): void {
    if (this.phase !== 'opening') return;
    this.phase = 'ready';
    this.attempt?.succeed();
    clearTimeout(this.deadline);
    for (const [name, take] of this.takes.all()) {
      if (take.isOver) this.takes.forget(take);
      else this.ask(name, take);
    }
    this.rest();
  }

  /** It is paid, whether anybody still waits for it or not. */
  private finish(event: Extract<ReaderEvent, { kind: 'done' }>): void {
    const take = this.takes.answeredBy(event.response);
    if (!take) return;
    take.options.onTokens(event.tokens);
    this.takes.forget(take);
    if (event.complete) take.complete();
    else if (!take.isOver) this.miss(take, event.error);
    this.rest();
  }

  private miss(take: Take, error: ServerError = { message: 'it does not say why' }): void {
    this.report(error);
    const failure = unansweredTurn(error);
    take.end({ kind: 'lost', failure });
    if (failure.final) this.lose(failure);
  }

  private fail({ error, event = '' }: Extract<ReaderEvent, { kind: 'error' }>): void {
    const take = this.takes.named(event);
    const known = knownFailure(error);
    this.report(error);
    if (take && !known?.final) {
      this.takes.forget(take);
      take.end({ kind: 'lost', failure: known });
      this.rest();
      return;
    }
    const failure = failureOf({ error, ready: this.phase === 'ready', language: '' });
    if (failure) this.lose(failure);
  }

  private cancel(take: Take, said: Said): void {
    take.end(said);
    if (take.response !== undefined) this.socket?.send(cancelMessage(take.response));
  }

  /** Once nothing is asked for any more it is kept for a little while. */
  private rest(): void {
    if (this.phase !== 'ready' || this.takes.size > 0) return;
    clearTimeout(this.deadline);
    clearTimeout(this.unused);
    this.unused = setTimeout(() => this.end(undefined), this.options.timing.keepMs);
  }

  private await(ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.lose(silentServer()), ms);
  }

  /** Without its words: they may quote what was to be read, and that is somebody's question. */
  private report({ code, type, param }: ServerError): void {
    this.options.log.warn({ code, type, param }, 'the reader’s server reports an error');
  }

  private lose(failure: Failure): void {
    if (this.phase === 'over') return;
    // What only a person can mend says that the service is there.
    this.attempt?.[failure.final ? 'succeed' : 'fail']();
    this.end(failure);
  }

  private end(failure: Failure | undefined): void {
    if (this.phase === 'over') return;
    this.phase = 'over';
    this.attempt?.cancel();
    clearTimeout(this.deadline);
    clearTimeout(this.unused);
    this.takes.lose(failure);
    this.hangUp(failure === undefined);
    this.options.onOver(this, failure);
  }

  private hangUp(politely: boolean): void {
    const { socket } = this;
    if (!politely || socket?.readyState !== WebSocket.OPEN) return socket?.terminate();
    socket.close(1000);
    // ws itself would wait 30 s for the other side's answer.
    const impatience = setTimeout(() => socket.terminate(), CLOSE_MS);
    socket.once('close', () => clearTimeout(impatience));
  }
}
