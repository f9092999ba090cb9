import { mkdtemp, open, rm, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { SoundUnreadable } from './sound.ts';

/** What recorded sound is read from: a file, or what somebody has sent. */
export interface SoundBytes {
  readonly size: number;
  /** Fills `into` from there on. @returns how many; fewer than asked for at the end. @throws SoundUnreadable. */
  read(into: Uint8Array, at: number): Promise<number>;
  /** For a program that reads by itself; whoever asks closes it. */
  open(): Promise<FileHandle>;
  close(): Promise<void>;
}

export class FileBytes implements SoundBytes {
  readonly size: number;
  private readonly path: string;
  private readonly file: FileHandle;

  private constructor({ path, file, size }: { path: string; file: FileHandle; size: number }) {
    this.path = path;
    this.file = file;
    this.size = size;
  }

  /** @throws SoundUnreadable. */
  static async of(path: string): Promise<FileBytes> {
    try {
      const about = await stat(path);
      // Opening a pipe would wait for its other end.
      if (!about.isFile()) throw new SoundUnreadable('broken', 'is not a file');
      return new FileBytes({ path, size: about.size, file: await open(path, 'r') });
    } catch (error) {
      if (error instanceof SoundUnreadable) throw error;
      const denied = (error as NodeJS.ErrnoException).code === 'EACCES';
      throw new SoundUnreadable('missing', denied ? 'may not be read' : 'is not there', { cause: error });
    }
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    try {
      const { bytesRead } = await this.file.read(into, 0, into.length, at);
      return bytesRead;
    } catch (error) {
      throw new SoundUnreadable('broken', 'can no longer be read', { cause: error });
    }
  }

  open(): Promise<FileHandle> {
    return open(this.path, 'r');
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** Sound that was sent: it is somebody's voice, and no file of it stays behind. */
export class SentBytes implements SoundBytes {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get size(): number {
    return this.bytes.length;
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    // Nothing is waited for as a disk would be; other tours must come to their turn all the same.
    await setImmediate();
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }

  /** Without a name from the moment that it is written: it is gone with its last reader, also after a power cut. */
  async open(): Promise<FileHandle> {
    const folder = await mkdtemp(join(tmpdir(), 'ubizo-sound-'));
    try {
      const file = await open(join(folder, 'clip'), 'wx+', 0o600);
      await rm(folder, { recursive: true });
      await file.writeFile(this.bytes);
      return file;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** The bytes from there on, as many of `length` as there are. */
export async function bytesAt(bytes: SoundBytes, at: number, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  let count = 0;
  while (count < length) {
    const read = await bytes.read(into.subarray(count), at + count);
    if (read === 0) break;
    count += read;
  }
  return into.subarray(0, count);
}
