import type { SoundBytes } from './sound-bytes.ts';
import { type Sound, SoundUnreadable } from './sound.ts';
import { WavCut, WavUnsupported, wavLayout, type WavLayout } from './wav-layout.ts';

/** How much is read from the disk at once. */
const BLOCK_BYTES = 65_536;

/** A WAV file's sound. */
export class WavSound implements Sound {
  private readonly layout: WavLayout;
  private readonly bytes: SoundBytes;
  private readonly block: Uint8Array;
  private readonly readSample: (offset: number) => number;
  private position: number;

  private constructor({ bytes, layout }: { bytes: SoundBytes; layout: WavLayout }) {
    this.bytes = bytes;
    this.layout = layout;
    const { frameBytes } = layout;
    const block = new DataView(
      new ArrayBuffer(Math.max(1, Math.floor(BLOCK_BYTES / frameBytes)) * frameBytes),
    );
    this.block = new Uint8Array(block.buffer);
    this.readSample = sampleReader(layout, block);
    this.position = layout.dataStart;
  }

  /** @throws SoundUnreadable. */
  static async open(bytes: SoundBytes): Promise<WavSound> {
    try {
      const layout = await wavLayout(bytes);
      // What is cut off within a sample is no sound.
      if (layout.dataEnd - layout.dataStart < layout.frameBytes)
        throw new SoundUnreadable('empty', 'has no sound in it');
      return new WavSound({ bytes, layout });
    } catch (error) {
      if (error instanceof WavCut)
        throw new SoundUnreadable('broken', 'is cut off, or no WAV file at all', { cause: error });
      if (error instanceof WavUnsupported)
        throw new SoundUnreadable('broken', error.message, { cause: error });
      throw error;
    }
  }

  get sampleRate(): number {
    return this.layout.sampleRate;
  }

  async read(into: Float32Array): Promise<number> {
    const { frameBytes, channels, sampleBytes, dataEnd } = this.layout;
    const wanted = Math.min(into.length, Math.floor((dataEnd - this.position) / frameBytes)) * frameBytes;
    if (wanted === 0) return 0;
    const length = Math.min(wanted, this.block.length);
    const frames = Math.floor(
      (await this.bytes.read(this.block.subarray(0, length), this.position)) / frameBytes,
    );
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

  rewind(): Promise<void> {
    this.position = this.layout.dataStart;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.bytes.close();
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
