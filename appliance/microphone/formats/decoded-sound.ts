import type { SoundBytes } from '../sound-bytes.ts';
import { type Sound, SoundUnreadable } from '../sound.ts';
import type { Decode, Piece } from './piece.ts';

/** Slower or faster than any microphone, and than the resampler does without a thought. */
const SAMPLE_RATES = { min: 4_000, max: 384_000 };

export interface DecodedSoundOptions {
  readonly bytes: SoundBytes;
  /** Where the sound begins, in bytes. */
  readonly start: number;
  readonly decode: Decode;
}

/** A compressed recording. */
export class DecodedSound implements Sound {
  private readonly options: DecodedSoundOptions;
  private pieces: AsyncGenerator<Piece, void>;
  private piece: Piece;
  private at = 0;

  private constructor(options: DecodedSoundOptions, pieces: AsyncGenerator<Piece, void>, first: Piece) {
    this.options = options;
    this.pieces = pieces;
    this.piece = first;
  }

  /** Decodes its beginning. @throws SoundUnreadable. */
  static async open(options: DecodedSoundOptions): Promise<DecodedSound> {
    const pieces = options.decode(options.bytes, options.start);
    const first = await nextOf(pieces);
    if (!first) throw new SoundUnreadable('empty', 'has no sound in it');
    return new DecodedSound(options, pieces, first);
  }

  get sampleRate(): number {
    return this.piece.sampleRate;
  }

  async read(into: Float32Array): Promise<number> {
    if (this.at >= lengthOf(this.piece)) {
      const next = await nextOf(this.pieces);
      if (!next) return 0;
      this.piece = next;
      this.at = 0;
    }
    const { channels } = this.piece;
    const count = Math.min(into.length, lengthOf(this.piece) - this.at);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (const channel of channels) sum += channel[this.at + i] ?? 0;
      // One that is no number would silence the filter for good.
      into[i] = Number.isFinite(sum) ? sum / channels.length : 0;
    }
    this.at += count;
    return count;
  }

  async rewind(): Promise<void> {
    await this.pieces.return();
    const { bytes, start, decode } = this.options;
    this.pieces = decode(bytes, start);
    this.at = Infinity;
  }

  async close(): Promise<void> {
    await this.pieces.return();
    await this.options.bytes.close();
  }
}

function lengthOf({ channels }: Piece): number {
  return channels[0]?.length ?? 0;
}

async function nextOf(pieces: AsyncGenerator<Piece, void>): Promise<Piece | undefined> {
  for (;;) {
    const { value } = await pieces.next();
    if (!value) return undefined;
    const { sampleRate } = value;
    if (lengthOf(value) === 0) continue;
    if (sampleRate >= SAMPLE_RATES.min && sampleRate <= SAMPLE_RATES.max) return value;
    await pieces.return();
    throw new SoundUnreadable('broken', `says it has ${sampleRate} samples a second`);
  }
}
