import { Worker } from 'node:worker_threads';
import type { Log } from '../../log.ts';
import type { Asked, Guess } from './messages.ts';

const SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** A text is not kept waiting for the thread for longer. */
const PATIENCE_MS = 10_000;
const REST_MS = 300_000;
const MOST_WAITING = 1_000;

type Scores = Guess['scores'];

/** Guesses of languages, in a thread that is there while texts come and for some minutes after. */
export class Guesses {
  private readonly log: Log;
  private readonly restMs: number;
  private readonly waiting = new Map<number, (scores: Scores) => void>();
  private worker: Worker | undefined;
  private rest: NodeJS.Timeout | undefined;
  private last = 0;
  private over = false;

  constructor({ log, restMs = REST_MS }: { log: Log; restMs?: number | undefined }) {
    this.log = log;
    this.restMs = restMs;
  }

  /** Its thread is there, and its memory taken. */
  get running(): boolean {
    return this.worker !== undefined;
  }

  /** Empty where it cannot be told, also for want of a thread. Never rejects. */
  async of(text: string): Promise<Scores> {
    if (this.over || this.waiting.size >= MOST_WAITING) return [];
    const id = ++this.last;
    const { promise, resolve } = Promise.withResolvers<Scores>();
    const patience = setTimeout(() => resolve([]), PATIENCE_MS);
    this.waiting.set(id, resolve);
    this.ask({ id, text });
    const scores = await promise;
    clearTimeout(patience);
    this.waiting.delete(id);
    if (this.waiting.size === 0) this.restSoon();
    return scores;
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.end();
  }

  private ask(asked: Asked): void {
    clearTimeout(this.rest);
    this.worker ??= this.begin();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.worker.postMessage(asked);
  }

  private begin(): Worker {
    const worker = new Worker(SCRIPT);
    worker.on('message', ({ id, scores }: Guess) => this.waiting.get(id)?.(scores));
    worker.on('error', (error) =>
      this.log.error({ err: error }, 'the thread that guesses languages has died'),
    );
    worker.once('exit', () => {
      if (this.worker === worker) this.giveUp();
    });
    return worker;
  }

  private giveUp(): void {
    this.worker = undefined;
    for (const resolve of this.waiting.values()) resolve([]);
  }

  private restSoon(): void {
    if (!this.over) this.rest = setTimeout(() => void this.end(), this.restMs).unref();
  }

  private async end(): Promise<void> {
    clearTimeout(this.rest);
    const { worker } = this;
    this.giveUp();
    await worker?.terminate();
  }
}
