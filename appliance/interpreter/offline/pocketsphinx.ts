import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, unlink, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { startChild, type Child } from '../../program/child.ts';
import type { Dialogue } from '../../program/warm-program.ts';

export interface Utterance {
  /** Mono s16 at 16 kHz. */
  readonly samples: Int16Array;
  readonly seconds: number;
}

/** 0.09 instead of 0.13 of real time on a desk computer, and the same words on the five test clips. */
const PRUNING = { maxhmmpf: '3000', maxwpf: '5' };

/** What the guide says passes through memory, never a disk. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * A lower priority than the audio's; and when this process was killed, the recogniser sees its list end, and what the
 * guide said last does not stay in memory.
 */
const UNTIL_THE_LIST_ENDS = 'nice -n 7 "$@"; code=$?; rm -rf -- "$0"; exit $code';

/** `WORDS (NAME SCORE)`; no words when nothing was understood. */
const HYPOTHESIS = /^(.*) \((\S+) -?\d+\)$/;
const DONE = /^(\S+) done -+$/;

interface Pending {
  readonly name: string;
  words: string;
  readonly answer: (words: string) => void;
  readonly fail: (error: Error) => void;
}

/**
 * `pocketsphinx_batch` kept loaded: its list of files is a named pipe, so that it waits for the next line instead of
 * ending. It takes each file as one whole utterance and writes the words to its log.
 */
export class PocketsphinxDialogue implements Dialogue<Utterance, string> {
  readonly ended: Promise<string>;
  private readonly resolveEnded: (how: string) => void;
  private readonly program: string;
  private readonly model: string;
  private directory: string | undefined;
  private list: FileHandle | undefined;
  private child: Child | undefined;
  private pending: Pending | undefined;
  private count = 0;
  private over: string | undefined;

  /** @param model directory with `en-us/`, `en-us.lm.bin` and `cmudict-en-us.dict` */
  constructor({ program, model }: { program: string; model: string }) {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    this.resolveEnded = resolve;
    this.program = program;
    this.model = model;
  }

  async load(): Promise<void> {
    const directory = await mkdtemp(join(SCRATCH, 'ubizo-hearing-'));
    this.directory = directory;
    const list = join(directory, 'list');
    await promisify(execFile)('mkfifo', ['-m', '600', list]);
    // Opened for both so that it neither waits for a reader nor ends between utterances.
    this.list = await open(list, 'r+');
    // close() came meanwhile and has nothing to kill.
    if (this.over !== undefined) throw new Error(this.over);
    const args = ['-c', UNTIL_THE_LIST_ENDS, directory, this.program, ...this.options(directory, list)];
    this.child = startChild({ program: 'sh', args });
    this.child.stdout.resume();
    createInterface({ input: this.child.stderr }).on('line', (line) => this.read(line));
    void this.child.ended.then(({ how }) => this.end(how));
    // It answers when the models are loaded. Digital silence is no work.
    await this.ask({ samples: new Int16Array(1_600), seconds: 0.1 });
  }

  async ask({ samples }: Utterance): Promise<string> {
    this.count += 1;
    const name = `u${this.count}`;
    const file = join(this.directory ?? '', `${name}.raw`);
    try {
      const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      await writeFile(file, bytes, { mode: 0o600 });
      if (this.over !== undefined) throw new Error(this.over);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      this.pending = { name, words: '', answer: resolve, fail: reject };
      const [words] = await Promise.all([promise, this.list?.write(`${name}\n`)]);
      return words;
    } finally {
      await unlink(file).catch(() => {});
    }
  }

  async close(): Promise<void> {
    if (this.child === undefined) this.end('closed before it was started');
    this.child?.kill();
    await this.ended;
    const list = this.list;
    this.list = undefined;
    await list?.close();
    if (this.directory !== undefined) await rm(this.directory, { recursive: true, force: true });
  }

  private end(how: string): void {
    this.over ??= how;
    this.pending?.fail(new Error(how));
    this.pending = undefined;
    this.resolveEnded(how);
  }

  private options(directory: string, list: string): string[] {
    const options = {
      hmm: join(this.model, 'en-us'),
      lm: join(this.model, 'en-us.lm.bin'),
      dict: join(this.model, 'cmudict-en-us.dict'),
      ctl: list,
      cepdir: directory,
      cepext: '.raw',
      adcin: 'yes',
      ...PRUNING,
    };
    return Object.entries(options).flatMap(([name, value]) => [`-${name}`, value]);
  }

  private read(line: string): void {
    const pending = this.pending;
    if (pending === undefined) return;
    const [, words, name] = HYPOTHESIS.exec(line) ?? [];
    if (name === pending.name) pending.words = words ?? '';
    if (DONE.exec(line)?.[1] !== pending.name) return;
    this.pending = undefined;
    pending.answer(pending.words);
  }
}
