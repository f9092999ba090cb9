import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Log } from '../log.ts';
import type { Problem } from '../protocol/errors.ts';
import { LineFile, type LineForm } from './line-file.ts';

export interface LineFolderOptions<T> {
  /** In it `NAME.jsonl`. */
  readonly directory: string;
  readonly schema: z.ZodMiniType<T>;
  /** A sentence for people: what it is that cannot be written. */
  readonly complaint: string;
  readonly log: Pick<Log, 'error'>;
}

const NAME = /^[\w-]{1,64}$/;
const EXTENSION = '.jsonl';

/** A folder of files of JSON Lines, one for each tour. */
export class LineFolder<T> {
  private readonly options: LineFolderOptions<T>;
  private readonly form: LineForm<T>;
  private readonly files = new Map<string, LineFile<T>>();
  private readonly failing = new Set<string>();

  constructor(options: LineFolderOptions<T>) {
    this.options = options;
    this.form = {
      write: (line) => `${JSON.stringify(line)}\n`,
      parse: (text) => parsed(options.schema, text),
    };
  }

  get problem(): Problem | undefined {
    if (this.failing.size === 0) return undefined;
    return { code: 'storage_failed', message: this.options.complaint };
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    await Promise.all([...this.files.values()].map((file) => file.close()));
  }

  /** @throws RangeError for what cannot be the name of a file, and of none elsewhere. */
  file(name: string): LineFile<T> {
    const known = this.files.get(name);
    if (known) return known;
    if (!NAME.test(name)) throw new RangeError('This cannot be the name of a file.');
    const file = new LineFile<T>({
      path: join(this.options.directory, `${name}${EXTENSION}`),
      form: this.form,
      onFailing: (failing, error) => this.show(name, failing, error),
    });
    this.files.set(name, file);
    return file;
  }

  async names(): Promise<string[]> {
    const found = await readdir(this.options.directory).catch(unlessMissing);
    return found
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => name.slice(0, -EXTENSION.length))
      .filter((name) => NAME.test(name));
  }

  /** @throws what the file system says; then something may be left. */
  async erase(name: string): Promise<void> {
    await this.file(name).erase();
    this.files.delete(name);
  }

  private show(name: string, failing: boolean, error: unknown): void {
    if (failing && !this.failing.has(name)) this.options.log.error({ err: error }, this.options.complaint);
    if (failing) this.failing.add(name);
    else this.failing.delete(name);
  }
}

function parsed<T>(schema: z.ZodMiniType<T>, text: string): T | undefined {
  try {
    const line = z.safeParse(schema, JSON.parse(text));
    return line.success ? line.data : undefined;
  } catch {
    return undefined;
  }
}

function unlessMissing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
