import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';

/**
 * A lowdb adapter whose `write` resolves only when the data would survive a power cut: temporary file, fsync, rename,
 * fsync of the directory. lowdb's own adapter never syncs (acknowledged writes were lost in tests).
 */
export class DurableFile<T> implements Adapter<T> {
  private readonly path: string;
  private readonly parse: (data: unknown) => T;

  constructor({ path, parse }: { path: string; parse: (data: unknown) => T }) {
    this.path = path;
    this.parse = parse;
  }

  /** @returns null when there is no file yet. @throws when it cannot be read or does not fit its schema. */
  async read(): Promise<T | null> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
    return this.parse(JSON.parse(text));
  }

  async write(data: T): Promise<void> {
    const temporary = `${this.path}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(JSON.stringify(data, null, 1));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.path);
    const directory = await open(dirname(this.path), 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  }
}
