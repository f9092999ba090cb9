import { readFile, rename, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { type Problem, UbizoError } from '../protocol/errors.ts';
import { writeDurably } from './durable-file.ts';
import { makeFolder } from './make-folder.ts';
import { LaterVersion, type StateContent, type StateFormat } from './state-format.ts';

/** What stands under a name. `text` is kept to back it up when it is of an older version. */
type Found<D> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'broken' }
  | {
      readonly kind: 'good';
      readonly content: StateContent<D>;
      readonly version: number;
      readonly text: string;
    };

/**
 * A lowdb adapter for `state.json` and, beside it, `state.json.last`: a second copy on other sectors, written after
 * each write, for the day on which a file can no longer be read. Nothing that was found is ever overwritten: a broken
 * file is put aside and an older version's is backed up, before anything is written.
 */
export class StateFile<D extends object> implements Adapter<StateContent<D>> {
  /** What was wrong with what was found, for as long as this process lives. */
  problem: Problem | undefined;
  private readonly path: string;
  private readonly format: StateFormat<D>;
  private readonly log: StateFileLog;
  /** What must have been done before the first write. */
  private preparations: (() => Promise<void>)[] = [];

  constructor({ path, format, log }: { path: string; format: StateFormat<D>; log: StateFileLog }) {
    this.path = path;
    this.format = format;
    this.log = log;
  }

  private get copy(): string {
    return `${this.path}.last`;
  }

  /** @returns null when the box is new or nothing is left of it. @throws UbizoError `storage_failed`; what the file system says. */
  async read(): Promise<StateContent<D> | null> {
    const main = await this.find(this.path);
    if (main.kind === 'good') return this.take(this.path, main);
    const copy = await this.find(this.copy);
    if (main.kind === 'missing' && copy.kind === 'missing') return null;
    if (main.kind === 'broken') this.putAside(this.path);
    if (copy.kind === 'good') {
      this.problem = {
        code: 'storage_restored',
        message:
          'The box’s memory was damaged and restored from its copy. Check your tours; the last change may be missing.',
      };
      return this.take(this.copy, copy);
    }
    if (copy.kind === 'broken') this.putAside(this.copy);
    this.problem = {
      code: 'storage_lost',
      message:
        'The box’s memory was damaged and there was no good copy: it begins anew. The damaged files were kept in its data folder.',
    };
    return null;
  }

  async write(content: StateContent<D>): Promise<void> {
    await makeFolder(dirname(this.path));
    for (let next = this.preparations[0]; next; next = this.preparations[0]) {
      await next();
      this.preparations.shift();
    }
    await writeDurably(this.path, this.format.write(content));
  }

  /** The same again as the copy; only after `write`, so that one of the two is whole at any moment. */
  async writeCopy(content: StateContent<D>): Promise<void> {
    await writeDurably(this.copy, this.format.write(content));
  }

  private async find(path: string): Promise<Found<D>> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') return { kind: 'missing' };
      // A sector that cannot be read is a broken file; a folder or a missing right is somebody's mistake.
      if (code === 'EIO') return { kind: 'broken' };
      throw error;
    }
    try {
      const { content, from } = this.format.read(JSON.parse(text));
      return { kind: 'good', content, version: from, text };
    } catch (error) {
      if (!(error instanceof LaterVersion)) return { kind: 'broken' };
      throw new UbizoError(
        'storage_failed',
        `The state file ${path} was written by a later version of Ubizo. Install that version again, or move the file away; it was left as it is.`,
        { cause: error },
      );
    }
  }

  private take(
    path: string,
    { content, version, text }: Extract<Found<D>, { kind: 'good' }>,
  ): StateContent<D> {
    if (version !== this.format.version) {
      this.preparations.push(async () => {
        const backup = await freeName(`${this.path}.v${version}`);
        await writeDurably(backup, text);
        this.log.info({ from: basename(path), backup: basename(backup) }, 'state file migrated');
      });
    }
    return content;
  }

  private putAside(path: string): void {
    this.preparations.push(async () => {
      const aside = await freeName(`${path}.broken-${new Date().toISOString().replaceAll(':', '-')}`);
      await rename(path, aside);
      this.log.warn({ file: basename(path), aside: basename(aside) }, 'broken state file put aside');
    });
  }
}

interface StateFileLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** The name, or the name with a number, if there is such a file already. */
async function freeName(name: string): Promise<string> {
  for (let serial = 1; ; serial++) {
    const candidate = serial === 1 ? name : `${name}-${serial}`;
    const known = await stat(candidate).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!known) return candidate;
  }
}
