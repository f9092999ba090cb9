import { classes, type Message, parseMessage } from 'werift';
import type { IceUrl } from '../settings/ice-servers.ts';
import { openWire, type Wire } from './wire.ts';

/** RFC 8489, 6.2.1: sent again after this, then after twice as long, and so on, ms. */
const FIRST_TIMEOUT_MS = 500;

interface Question {
  readonly transaction: string;
  readonly key: Buffer | undefined;
  readonly answer: (message: Message) => void;
  readonly fail: (error: Error) => void;
}

/** Questions to one STUN or TURN server, one after the other. Message by message it is werift's STUN. */
export class Exchange {
  private readonly signal: AbortSignal;
  private wire: Wire | undefined;
  private question: Question | undefined;
  private broken: Error | undefined;

  private constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** @throws whatever keeps the server from being reached; the signal's reason. */
  static async open(server: IceUrl, signal: AbortSignal): Promise<Exchange> {
    const exchange = new Exchange(signal);
    exchange.wire = await openWire(
      server,
      {
        onMessage: (message) => exchange.receive(message),
        onBroken: (error) => {
          exchange.broken ??= error;
          exchange.question?.fail(error);
        },
      },
      signal,
    );
    return exchange;
  }

  /**
   * @param key with which the question is signed, and its answer must be.
   * @returns the answer, which may be a refusal.
   * @throws when none comes until the signal.
   */
  async ask(request: Message, key?: Buffer): Promise<Message> {
    const { signal, wire } = this;
    signal.throwIfAborted();
    if (this.broken) throw this.broken;
    if (key) request.addMessageIntegrity(key);
    request.addFingerprint();
    const { promise, resolve, reject } = Promise.withResolvers<Message>();
    this.question = { transaction: request.transactionIdHex, key, answer: resolve, fail: reject };
    const give = (): void => reject(new Error('the server does not answer', { cause: signal.reason }));
    signal.addEventListener('abort', give);
    const again = this.repeat(request.bytes, FIRST_TIMEOUT_MS);
    wire?.send(request.bytes);
    try {
      return await promise;
    } finally {
      clearTimeout(again.timer);
      signal.removeEventListener('abort', give);
      this.question = undefined;
    }
  }

  close(): void {
    this.wire?.close();
  }

  private repeat(message: Buffer, afterMs: number): { timer: NodeJS.Timeout | undefined } {
    const again: { timer: NodeJS.Timeout | undefined } = { timer: undefined };
    const plan = (ms: number): void => {
      again.timer = setTimeout(() => {
        this.wire?.send(message);
        plan(2 * ms);
      }, ms);
    };
    if (this.wire?.lossy) plan(afterMs);
    return again;
  }

  private receive(datagram: Buffer): void {
    const { question } = this;
    if (!question) return;
    let message: Message | undefined;
    try {
      message = parseMessage(datagram);
      if (message?.transactionIdHex !== question.transaction) return;
      // A refusal need not be signed: the server may not know the key (RFC 8489, 9.2.4).
      if (message.messageClass === classes.RESPONSE && question.key)
        message = parseMessage(datagram, question.key);
    } catch {
      return;
    }
    if (message) question.answer(message);
  }
}
