import type { Problem } from '../protocol/errors.ts';
import type { LineFolder } from './line-folder.ts';

export interface KeptLinesOptions<T> {
  /** A file for each tour. */
  readonly folder: LineFolder<T>;
  /** Whether anything of this tour is to be kept. */
  readonly isKept: (tour: string) => boolean;
}

/** What is written down of tours, line by line, where anything of them is kept at all. */
export abstract class KeptLines<T> {
  protected readonly folder: LineFolder<T>;
  private readonly isKept: (tour: string) => boolean;

  constructor({ folder, isKept }: KeptLinesOptions<T>) {
    this.folder = folder;
    this.isKept = isKept;
  }

  get problem(): Problem | undefined {
    return this.folder.problem;
  }

  stop(): Promise<void> {
    return this.folder.stop();
  }

  tours(): Promise<string[]> {
    return this.folder.names();
  }

  /** @returns whether it is kept. */
  add(tour: string, line: T): boolean {
    const kept = this.isKept(tour);
    if (kept) this.folder.file(tour).append(line);
    return kept;
  }

  /** Resolves when what came until now is on the disk, or could not be written: then that is tried again. */
  async settle(tour: string): Promise<void> {
    if (this.isKept(tour)) await this.folder.file(tour).settle();
  }

  /** @throws what the file system says; then something may be left. */
  async erase(tour: string): Promise<void> {
    await this.folder.erase(tour);
  }
}
