import { readFileSync } from 'node:fs';
import { startChild, type Child } from '../../program/child.ts';
import type { Dialogue } from '../../program/warm-program.ts';

export interface Passage {
  /** Words in the guide's language. */
  readonly text: string;
  /** How long they took to say. */
  readonly seconds: number;
}

interface Pending {
  readonly answer: (translation: string) => void;
  readonly fail: (error: Error) => void;
}

/** Only what a recogniser writes; what means something to Apertium's stream format is left out. */
const FOREIGN_TO_STREAM = /[[\]{}^$/\\<>@~#*|\0]/g;
/** Marks the end so that the last word is not held back for what may follow it. */
const SENTENCE_END = '.[]\n\0';

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
    await this.ask({ text: 'Hello', seconds: 0 });
  }

  ask({ text }: Passage): Promise<string> {
    if (this.over !== undefined) return Promise.reject(new Error(this.over));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.pending = { answer: resolve, fail: reject };
    this.child?.stdin.write(text.replace(FOREIGN_TO_STREAM, ' ').replace(/[.\s]+$/, '') + SENTENCE_END);
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
 * group: the others would wait for it for ever. `$1` and `$2` are what the `apertium` script fills in: `-n` leaves
 * out most marks on unknown words, and no tagger option.
 */
function warmPipeline(mode: string): string {
  return stagesOf(mode)
    .map((stage) => stage.replace(/^\S+/, '$& -z').replace(/\$1/g, '-n').replace(/\$2/g, ''))
    .map((stage) => `(${stage}; kill -KILL 0)`)
    .join(' | ');
}

function stagesOf(mode: string): string[] {
  return mode.trim().split(/\s*\|\s*/);
}
