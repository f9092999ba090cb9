import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Questions and what is answered to them, by their names. */
type Dialogue<D> = { readonly [T in keyof D]: { ask: object; reply: unknown } };

interface Reply {
  readonly number: number;
  readonly value?: unknown;
  readonly problem?: string;
}

/** A process of the bench on a core of its own, which answers questions. */
export class Child<D extends Dialogue<D>> {
  private readonly process: ChildProcess;
  private readonly waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (problem: Error) => void }
  >();
  private lastNumber = 0;

  constructor({ script, core, flags = [] }: { script: URL; core: number; flags?: readonly string[] }) {
    const path = fileURLToPath(script);
    this.process = spawn('taskset', ['--cpu-list', String(core), process.execPath, ...flags, path], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.process.on('message', (message) => this.take(message as Reply));
    this.process.once('exit', (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`${path} ended (${code}).`));
      this.waiting.clear();
    });
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('The process did not start.');
    return this.process.pid;
  }

  ask<T extends keyof D & string>(type: T, what: D[T]['ask']): Promise<D[T]['reply']> {
    const number = ++this.lastNumber;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.process.send({ number, type, what });
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.disconnect();
    await exited;
  }

  private take({ number, value, problem }: Reply): void {
    const asked = this.waiting.get(number);
    this.waiting.delete(number);
    if (problem === undefined) asked?.resolve(value);
    else asked?.reject(new Error(problem));
  }
}

type Answers<D extends Dialogue<D>> = {
  readonly [T in keyof D]: (what: D[T]['ask']) => D[T]['reply'] | Promise<D[T]['reply']>;
};

/** In the child: answers, until the one who asks is gone. */
export function answerAll<D extends Dialogue<D>>(answers: Answers<D>): void {
  process.on('message', (message) => {
    const { number, type, what } = message as { number: number; type: keyof D; what: D[keyof D]['ask'] };
    const reply = async (): Promise<void> => {
      const value = await answers[type](what);
      process.send?.({ number, value });
    };
    reply().catch((error: unknown) => process.send?.({ number, problem: String(error) }));
  });
  process.once('disconnect', () => process.exit(0));
}
