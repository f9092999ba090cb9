import { Worker } from 'node:worker_threads';
import type { Log } from '../log.ts';
import type { FromThread, ToThread } from './thread-questions.ts';

const REST_MS = 300_000;
const MOST_WAITING = 1_000;

export interface WarmThreadOptions {
  /** In the log. */
  readonly name: string;
  /** The thread's program, which calls `answerQuestions`. */
  readonly script: URL;
  readonly log: Log;
  /** How long it is kept when nobody asks, ms. */
  readonly restMs?: number | undefined;
}

/**
 * A thread for what would hold up the main one, and the guide's voice with it: it begins with the first question, answers
 * several at a time, and ends when none has come for some minutes.
 */
export class WarmThread<Question, Answer> {
  private readonly options: WarmThreadOptions;
  private readonly waiting = new Map<number, (answer: Answer | undefined) => void>();
  private worker: Worker | undefined;
  private rest: NodeJS.Timeout | undefined;
  private last = 0;
  private over = false;

  constructor(options: WarmThreadOptions) {
    this.options = options;
  }

  /** It is there, and takes its memory. */
  get running(): boolean {
    return this.worker !== undefined;
  }

  /** `undefined`: it took longer than `patienceMs`, nobody waits any more, or the thread is gone. Never rejects. */
  async ask(
    question: Question,
    { patienceMs, signal }: { patienceMs: number; signal?: AbortSignal | undefined },
  ): Promise<Answer | undefined> {
    if (this.over || signal?.aborted || this.waiting.size >= MOST_WAITING) return undefined;
    const id = ++this.last;
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    const giveUp = (): void => {
      this.tell({ id });
      resolve(undefined);
    };
    const patience = setTimeout(giveUp, patienceMs);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.waiting.set(id, resolve);
    clearTimeout(this.rest);
    this.worker ??= this.begin();
    this.tell({ id, question });
    const answer = await promise;
    clearTimeout(patience);
    signal?.removeEventListener('abort', giveUp);
    this.waiting.delete(id);
    if (this.waiting.size === 0 && !this.over) this.restSoon();
    return answer;
  }

  /** For good. */
  async stop(): Promise<void> {
    this.over = true;
    await this.end();
  }

  private tell(message: ToThread<Question>): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.worker?.postMessage(message);
  }

  private begin(): Worker {
    const { script, name, log } = this.options;
    const worker = new Worker(script);
    worker.on('message', ({ id, answer }: FromThread<Answer>) => this.waiting.get(id)?.(answer));
    worker.on('error', (error) => log.error({ err: error, thread: name }, 'a thread has died'));
    worker.once('exit', () => {
      if (this.worker === worker) this.letGo();
    });
    return worker;
  }

  private letGo(): Worker | undefined {
    const { worker } = this;
    this.worker = undefined;
    for (const resolve of this.waiting.values()) resolve(undefined);
    return worker;
  }

  private restSoon(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => void this.end(), this.options.restMs ?? REST_MS).unref();
  }

  private async end(): Promise<void> {
    clearTimeout(this.rest);
    await this.letGo()?.terminate();
  }
}
