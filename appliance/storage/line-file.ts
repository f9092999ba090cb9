import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory, writeDurably } from './durable-file.ts';
import { makeFolder } from './make-folder.ts';

/** A line is on the disk this long after it came, at the latest, and a sync's own time; ms. */
const SYNC_MS = 500;
const RETRY_MS = 5_000;
/** After so long without a line the file is let go of, ms. */
const IDLE_MS = 60_000;
/** While nothing can be written, the newest lines are kept in memory: half a day of talking. */
const MAX_WAITING = 10_000;

/** How a line is written, and read again. */
export interface LineForm<T> {
  /** With the newline at its end. */
  readonly write: (line: T) => string;
  /** @returns undefined for what is no line: a power cut may leave half of one, or zeros. */
  readonly parse: (text: string) => T | undefined;
}

export interface LineFileOptions<T> {
  readonly path: string;
  readonly form: LineForm<T>;
  /** Called when a write fails, and when one works again. */
  readonly onFailing: (failing: boolean, error?: unknown) => void;
}

/**
 * A file of lines (JSON Lines), appended as they come and synced twice a second, or when somebody waits for it. Whatever a
 * power cut leaves of the last line is healed when it is opened again.
 */
export class LineFile<T> {
  private readonly options: LineFileOptions<T>;
  private handle: FileHandle | undefined;
  /** Where the next line goes; what is behind it, after a write that broke off, is written over. */
  private end = 0;
  /** Came in this turn; could not be written yet; written, but not synced yet. */
  private coming: string[] | undefined;
  private waiting: string[] = [];
  private unsynced: string[] = [];
  private unsyncedFrom = 0;
  private flushing = false;
  private turn: Promise<unknown> = Promise.resolve();
  private settling: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(options: LineFileOptions<T>) {
    this.options = options;
  }

  /** Whether there is a line that is not in the file yet. */
  get waits(): boolean {
    return this.coming !== undefined || this.flushing || this.waiting.length > 0;
  }

  append(line: T): void {
    if (!this.coming) {
      const lines: string[] = [];
      this.coming = lines;
      void this.inTurn(() => {
        if (this.coming === lines) this.coming = undefined;
        this.waiting.push(...lines);
        return this.flush();
      });
    }
    this.coming.push(this.options.form.write(line));
  }

  /** Tries to have what came until now on the disk: what cannot be written is tried again. Several who wait share one sync. */
  settle(): Promise<void> {
    this.settling ??= this.inTurn(async () => {
      this.settling = undefined;
      this.waiting.push(...(this.coming?.splice(0) ?? []));
      await this.flush();
      await this.sync();
    });
    return this.settling;
  }

  /** All lines, or the last `count`, with those that are not on the disk yet. */
  read(count = Infinity): Promise<T[]> {
    return this.inTurn(async () => {
      await this.flush();
      return this.parsed((await this.written()) + this.waiting.join(''), count);
    });
  }

  /** Forgets the lines that are not to be kept. @returns how many are left. */
  keepOnly(isKept: (line: T) => boolean): Promise<number> {
    return this.inTurn(async () => {
      await this.flush();
      const lines = this.parsed(await this.written());
      const kept = lines.filter(isKept);
      if (kept.length < lines.length) await this.replace(kept);
      return kept.length;
    });
  }

  /** Other lines in place of all that came until now. @throws what the file system says; then it is as it was. */
  rewrite(next: (lines: readonly T[]) => readonly T[]): Promise<void> {
    return this.inTurn(async () => {
      await this.flush();
      await this.replace(next(this.parsed(await this.written())));
    });
  }

  /** Forgets every line there was until now. @throws what the file system says. */
  erase(): Promise<void> {
    // What comes from now on is written after this.
    if (this.coming) this.coming.length = 0;
    this.coming = undefined;
    return this.inTurn(async () => {
      this.waiting = [];
      this.unsynced = [];
      await this.release();
      await this.remove();
      this.options.onFailing(false);
    });
  }

  /** Writes what waits, and lets go of the file until the next line comes. */
  async close(): Promise<void> {
    await this.inTurn(async () => {
      await this.flush();
      await this.sync();
      // What could not be written is written over what is there: only this handle knows where.
      if (this.waiting.length === 0) await this.release();
    });
  }

  private parsed(text: string, count = Infinity): T[] {
    const lines: T[] = [];
    for (const line of text.split('\n').toReversed()) {
      if (lines.length >= count) break;
      const parsed = line === '' ? undefined : this.options.form.parse(line);
      if (parsed !== undefined) lines.push(parsed);
    }
    return lines.toReversed();
  }

  private async replace(lines: readonly T[]): Promise<void> {
    const { path, form } = this.options;
    if (lines.length > 0) await writeDurably(path, lines.map(form.write).join(''));
    // What was open is the file of before.
    await this.release();
    this.unsynced = [];
    if (lines.length === 0) await this.remove();
  }

  private inTurn<R>(act: () => Promise<R>): Promise<R> {
    const mine = this.turn.then(act);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async flush(): Promise<void> {
    const lines = this.waiting.splice(0);
    if (lines.length === 0) return;
    this.flushing = true;
    try {
      const file = await this.opened();
      const bytes = Buffer.from(lines.join(''));
      await writeAll(file, bytes, this.end);
      this.unsynced.push(...lines);
      this.end += bytes.length;
      this.syncIn(SYNC_MS);
      clearTimeout(this.idle);
      this.idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    } catch (error) {
      this.waiting = lines.slice(-MAX_WAITING);
      this.failed(error);
    } finally {
      this.flushing = false;
    }
  }

  private async sync(): Promise<void> {
    if (this.unsynced.length === 0) return;
    try {
      await this.handle?.datasync();
      this.unsynced = [];
      this.unsyncedFrom = this.end;
      this.options.onFailing(false);
    } catch (error) {
      // Linux takes what it could not write for written: only writing it again brings it back.
      this.waiting.unshift(...this.unsynced);
      this.unsynced = [];
      this.end = this.unsyncedFrom;
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    this.options.onFailing(true, error);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.syncIn(RETRY_MS);
  }

  private syncIn(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.inTurn(async () => {
        await this.flush();
        await this.sync();
      });
    }, ms).unref();
  }

  private async opened(): Promise<FileHandle> {
    if (this.handle) return this.handle;
    const { path } = this.options;
    const directory = dirname(path);
    await makeFolder(directory);
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      this.end = await heal(file, this.options.form);
      this.unsyncedFrom = this.end;
      // The file's name is the directory's, the directory's name is that of the one above it.
      for (const each of [directory, dirname(directory), dirname(dirname(directory))])
        await syncDirectory(each);
    } catch (error) {
      await file.close();
      throw error;
    }
    this.handle = file;
    return file;
  }

  private async release(): Promise<void> {
    clearTimeout(this.idle);
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private async remove(): Promise<void> {
    await rm(this.options.path, { force: true });
    await syncDirectory(dirname(this.options.path)).catch(unlessMissing);
  }

  /** Without what a write that broke off may have left. */
  private async written(): Promise<string> {
    const bytes = (await readFile(this.options.path).catch(unlessMissing)) ?? Buffer.alloc(0);
    const text = bytes.subarray(0, this.handle ? this.end : bytes.length).toString('utf8');
    return text === '' || text.endsWith('\n') ? text : `${text}\n`;
  }
}

/** Cuts off what is no whole line at the end. @returns where the next line goes. */
async function heal<T>(file: FileHandle, { parse }: LineForm<T>): Promise<number> {
  const bytes = await file.readFile();
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end === bytes.length) return end;
  // Only the line's end may be missing.
  if (parse(bytes.subarray(end).toString('utf8')) !== undefined) {
    await writeAll(file, Buffer.from('\n'), bytes.length);
    return bytes.length + 1;
  }
  await file.truncate(end);
  return end;
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}
