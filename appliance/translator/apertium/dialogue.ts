import { readFileSync } from 'node:fs';
import { startChild, type Child } from '../../program/child.ts';
import type { Dialogue } from '../../program/warm-program.ts';
import { toStream } from './stream-format.ts';

export interface Passage {
  /** In Apertium's stream format, with its end. */
  readonly stream: string;
  /** How long it took to say; 0 for what was written. */
  readonly seconds: number;
}

interface Pending {
  readonly answer: (translation: string) => void;
  readonly fail: (error: Error) => void;
}

/** Until it stands there, the programs hold back what they have. */
const FLUSH = '\n\0';

/** The programs of one mode, all waiting: each answers a passage that ends in a zero byte by one that does. */
export class ApertiumDialogue implements Dialogue<Passage, string> {
  readonly ended: Promise<string>;
  private readonly resolveEnded: (how: string) => void;
  private readonly mode: string;
  private child: Child | undefined;
  private pending: Pending | undefined;
  private over: string | undefined;
  private received = '';

  /** @param mode path of the `.mode` file */
  constructor({ mode }: { mode: string }) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    this.resolveEnded = resolve;
    this.mode = mode;
  }

  async load(): Promise<void> {
    const child = startChild({ program: 'sh', args: ['-c', warmPipeline(readFileSync(this.mode, 'utf8'))] });
    this.child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.read(text));
    child.stderr.resume();
    void child.ended.then(({ how }) => this.end(how));
    await this.ask({ stream: toStream('Hello'), seconds: 0 });
  }

  ask({ stream }: Passage): Promise<string> {
    if (this.over !== undefined) return Promise.reject(new Error(this.over));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.pending = { answer: resolve, fail: reject };
    this.child?.stdin.write(stream.replaceAll('\0', ' ') + FLUSH);
    return promise;
  }

  async close(): Promise<void> {
    if (this.child === undefined) this.end('closed before it was started');
    this.child?.kill();
    await this.ended;
  }

  private read(text: string): void {
    this.received += text;
    const end = this.received.indexOf('\0');
    if (end < 0) return;
    const translation = this.received.slice(0, end);
    this.received = this.received.slice(end + 1);
    this.pending?.answer(translation);
    this.pending = undefined;
  }

  private end(how: string): void {
    this.over ??= how;
    this.pending?.fail(new Error(how));
    this.pending = undefined;
    this.resolveEnded(how);
  }
}

/** Names of the programs that a mode runs. */
export function programsOf(mode: string): string[] {
  return stagesOf(mode).map((stage) => stage.split(/\s/, 1)[0] ?? '');
}

/**
 * The mode's pipeline with every stage flushing at zero bytes (`-z`). Where a stage ends, it ends the whole process
 * group: the others would wait for it for ever. `$1` and `$2` are what the `apertium` script fills in: `-g` marks words
 * that are not known, and no tagger option.
 */
function warmPipeline(mode: string): string {
  return stagesOf(mode)
    .map((stage) => stage.replace(/^\S+/, '$& -z').replace(/\$1/g, '-g').replace(/\$2/g, ''))
    .map((stage) => `(${stage}; kill -KILL 0)`)
    .join(' | ');
}

function stagesOf(mode: string): string[] {
  return mode.trim().split(/\s*\|\s*/);
}
