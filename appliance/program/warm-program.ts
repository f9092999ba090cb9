import { setTimeout as delay } from 'node:timers/promises';
import { ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import type { Log } from '../log.ts';
import type { ProgramTiming } from './timing.ts';

/** One run of a program that loads once and then answers one question at a time. */
export interface Dialogue<Question, Answer> {
  /** Resolves when it is ready for questions; rejects when it will not be. */
  load(): Promise<void>;
  /** Rejects when the program ends before it has answered. */
  ask(question: Question): Promise<Answer>;
  /** When the program is gone: how it ended. */
  readonly ended: Promise<string>;
  /** Ends the program; resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** `attempt` counts the runs that ended since the last answer: 0 is the first start. */
export type ProgramState =
  | { readonly kind: 'loading'; readonly attempt: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly attempt: number; readonly retryInMs: number }
  | { readonly kind: 'stopped' };

/** How much speech may wait for a program that is slow or away; beyond it the oldest is dropped. */
const LONGEST_QUEUE_SECONDS = 30;
const TRIES = 2;

interface Task<Question, Answer> {
  readonly question: Question;
  readonly settle: (answer: Answer | undefined) => void;
  tries: number;
}

/**
 * Keeps a program loaded: starts it again when it crashed or hangs, and asks it once more what it
 * was being asked meanwhile.
 */
export class WarmProgram<Question extends { readonly seconds: number }, Answer> {
  private readonly name: string;
  private readonly log: Log;
  private readonly timing: ProgramTiming;
  private readonly open: () => Dialogue<Question, Answer>;
  private readonly listeners = new Set<(state: ProgramState) => void>();
  private readonly queue: Task<Question, Answer>[] = [];
  private readonly stopping = new AbortController();
  private current: ProgramState = { kind: 'loading', attempt: 0 };
  private dialogue: Dialogue<Question, Answer> | undefined;
  private running: Promise<void> = Promise.resolve();
  private wake: () => void = () => {};
  private backoff: IBackoff<unknown> | undefined;
  private attempt = 0;
  private lost = 0;

  constructor({
    name,
    log,
    timing,
    open,
  }: {
    name: string;
    log: Log;
    timing: ProgramTiming;
    open: () => Dialogue<Question, Answer>;
  }) {
    this.name = name;
    this.log = log;
    this.timing = timing;
    this.open = open;
  }

  get state(): ProgramState {
    return this.current;
  }

  /** Questions that were given up because too many waited. */
  get dropped(): number {
    return this.lost;
  }

  /** Returns what unsubscribes. */
  subscribe(listener: (state: ProgramState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Once. */
  start(): void {
    this.running = this.run();
  }

  /** Answers what waits with `undefined`; resolves when no process is left. For good. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    for (const task of this.queue.splice(0)) task.settle(undefined);
    await this.dialogue?.close();
    await this.running;
    this.enter({ kind: 'stopped' });
  }

  /** `undefined`: given up (dropped as too old, failed twice, or stopped). Never rejects. */
  ask(question: Question): Promise<Answer | undefined> {
    if (this.stopping.signal.aborted) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.queue.push({ question, settle: resolve, tries: 0 });
    this.dropOldest();
    this.wake();
    return promise;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const dialogue = this.open();
      this.dialogue = dialogue;
      try {
        this.enter({ kind: 'loading', attempt: this.attempt });
        await within(dialogue.load(), this.timing.loadMs, `${this.name} did not load in time`);
        this.enter({ kind: 'ready' });
        await this.serve(dialogue);
      } catch (error) {
        if (!signal.aborted) this.log.warn({ program: this.name, err: error }, 'interpreter program failed');
      }
      await dialogue.close();
      if (!signal.aborted) await this.pause(signal);
    }
  }

  /** Throws when the program ended or hangs. */
  private async serve(dialogue: Dialogue<Question, Answer>): Promise<void> {
    let end: string | undefined;
    const watching = async (): Promise<void> => {
      end = await dialogue.ended;
      this.wake();
    };
    void watching();
    while (!this.stopping.signal.aborted) {
      if (end !== undefined) throw new Error(end);
      const task = this.queue.shift();
      if (task === undefined) await new Promise<void>((wake) => (this.wake = wake));
      else await this.put(task, dialogue);
    }
  }

  private async put(task: Task<Question, Answer>, dialogue: Dialogue<Question, Answer>): Promise<void> {
    task.tries += 1;
    const { answerMs, answerMsPerSecond } = this.timing;
    const limit = answerMs + answerMsPerSecond * task.question.seconds;
    try {
      task.settle(await within(dialogue.ask(task.question), limit, `${this.name} did not answer in time`));
      this.attempt = 0;
      this.backoff = undefined;
    } catch (error) {
      if (task.tries < TRIES && !this.stopping.signal.aborted) this.queue.unshift(task);
      else task.settle(undefined);
      throw error;
    }
  }

  private async pause(signal: AbortSignal): Promise<void> {
    this.backoff =
      this.backoff?.next(undefined) ??
      new ExponentialBackoff({
        initialDelay: this.timing.firstRetryMs,
        maxDelay: this.timing.lastRetryMs,
        generator: halfJitterGenerator,
      }).next();
    this.attempt += 1;
    const retryInMs = Math.round(this.backoff.duration);
    this.enter({ kind: 'waiting', attempt: this.attempt, retryInMs });
    await delay(retryInMs, undefined, { signal }).catch(() => {});
  }

  private dropOldest(): void {
    let seconds = 0;
    for (const task of this.queue) seconds += task.question.seconds;
    while (seconds > LONGEST_QUEUE_SECONDS && this.queue.length > 1) {
      const oldest = this.queue.shift();
      seconds -= oldest?.question.seconds ?? 0;
      oldest?.settle(undefined);
      this.lost += 1;
      this.log.warn({ program: this.name, dropped: this.lost }, 'speech dropped: the box cannot keep up');
    }
  }

  private enter(state: ProgramState): void {
    this.current = state;
    for (const listener of this.listeners) listener(state);
  }
}

async function within<T>(promise: Promise<T>, ms: number, failure: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(failure)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
