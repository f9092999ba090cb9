import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { UbizoError } from '../protocol/errors.ts';
import { WavCut, WavUnsupported, wavLayout, type WavLayout } from './wav-layout.ts';

/** How much is read from the disk at once. */
const BLOCK_BYTES = 65_536;

/** A WAV file's sound as mono samples at the file's own rate, read piece by piece: a long file needs no memory. */
export class WavFile {
  readonly path: string;
  readonly layout: WavLayout;
  private readonly file: FileHandle;
  private readonly block: DataView<ArrayBuffer>;
  private readonly readSample: (offset: number) => number;
  private position: number;

  private constructor({ path, file, layout }: { path: string; file: FileHandle; layout: WavLayout }) {
    this.path = path;
    this.file = file;
    this.layout = layout;
    const { frameBytes } = layout;
    this.block = new DataView(
      new ArrayBuffer(Math.max(1, Math.floor(BLOCK_BYTES / frameBytes)) * frameBytes),
    );
    this.readSample = sampleReader(layout, this.block);
    this.position = layout.dataStart;
  }

  /** @throws UbizoError `microphone_file_missing`, `microphone_file_empty` or `microphone_file_broken`. */
  static async open(path: string): Promise<WavFile> {
    const name = basename(path);
    let file: FileHandle;
    let size: number;
    try {
      const about = await stat(path);
      // Opening a pipe would wait for its other end.
      if (!about.isFile()) throw broken(name, 'is not a file');
      size = about.size;
      file = await open(path, 'r');
    } catch (error) {
      throw error instanceof UbizoError ? error : missing(name, error);
    }
    try {
      if (size === 0) throw empty(name);
      const layout = await wavLayout(file, size);
      // What is cut off within a sample is no sound.
      if (layout.dataEnd - layout.dataStart < layout.frameBytes) throw empty(name);
      return new WavFile({ path, file, layout });
    } catch (error) {
      await file.close();
      if (error instanceof WavCut) throw broken(name, 'is cut off, or no WAV file at all', error);
      if (error instanceof WavUnsupported) throw broken(name, error.message, error);
      throw error instanceof UbizoError ? error : broken(name, 'cannot be read', error);
    }
  }

  /** Samples from here to the end. */
  get remaining(): number {
    return Math.floor((this.layout.dataEnd - this.position) / this.layout.frameBytes);
  }

  /**
   * Fills `into` with the next samples, −1 to 1, all channels mixed; fewer at most than asked for.
   * @returns how many; 0 at the end.
   * @throws UbizoError `microphone_file_broken` when the disk fails.
   */
  async read(into: Float32Array): Promise<number> {
    const { frameBytes, channels, sampleBytes } = this.layout;
    const wanted = Math.min(into.length, this.remaining) * frameBytes;
    if (wanted === 0) return 0;
    let bytes: number;
    try {
      const length = Math.min(wanted, this.block.byteLength);
      ({ bytesRead: bytes } = await this.file.read(this.block, 0, length, this.position));
    } catch (error) {
      throw broken(basename(this.path), 'can no longer be read', error);
    }
    const frames = Math.floor(bytes / frameBytes);
    this.position += frames * frameBytes;
    for (let frame = 0, offset = 0; frame < frames; frame++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++, offset += sampleBytes) {
        sum += this.readSample(offset);
      }
      // A float file may hold anything; one that is no number would silence the filter for good.
      into[frame] = Number.isFinite(sum) ? sum / channels : 0;
    }
    return frames;
  }

  rewind(): void {
    this.position = this.layout.dataStart;
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

function sampleReader({ encoding, sampleBytes }: WavLayout, block: DataView): (offset: number) => number {
  if (encoding === 'float') {
    return sampleBytes === 8
      ? (offset) => block.getFloat64(offset, true)
      : (offset) => block.getFloat32(offset, true);
  }
  switch (sampleBytes) {
    case 1:
      // Eight bits alone are unsigned.
      return (offset) => (block.getUint8(offset) - 128) / 128;
    case 2:
      return (offset) => block.getInt16(offset, true) / 32_768;
    case 3:
      return (offset) => (block.getUint16(offset, true) + block.getInt8(offset + 2) * 65_536) / 8_388_608;
    case 4:
      break;
  }
  return (offset) => block.getInt32(offset, true) / 2_147_483_648;
}

function missing(name: string, cause: unknown): UbizoError {
  const denied = (cause as NodeJS.ErrnoException).code === 'EACCES';
  return new UbizoError(
    'microphone_file_missing',
    denied
      ? `The box may not read the recording “${name}”. Give its user the right to, or choose another microphone.`
      : `The recording “${name}” is not there. Check its name and place, or choose another microphone.`,
    { cause },
  );
}

function empty(name: string): UbizoError {
  return new UbizoError(
    'microphone_file_empty',
    `The recording “${name}” has no sound in it. Record it again, or choose another microphone.`,
  );
}

function broken(name: string, how: string, cause?: unknown): UbizoError {
  return new UbizoError(
    'microphone_file_broken',
    `The recording “${name}” ${how}. Save it again as a WAV file (PCM, 16 bit), or choose another microphone.`,
    { cause },
  );
}
