import libsamplerate from '@alexanderolsen/libsamplerate-js';

type Converter = Awaited<ReturnType<typeof libsamplerate.create>>;

/** Filter to stop band 120 dB down; costs 6 ms of CPU for a second of 44.1 kHz. */
const { SRC_SINC_MEDIUM_QUALITY } = libsamplerate.ConverterType;

/**
 * Band-limited conversion of mono sound from one sample rate to another, piece by piece (libsamplerate in
 * WebAssembly). What comes out lags 2 ms behind what went in, with nothing lost in between.
 */
export class Resampler {
  private readonly converter: Converter | undefined;
  private readonly output: Float32Array;
  private readonly produced = { frames: 0 };

  private constructor(converter: Converter | undefined, capacity: number) {
    this.converter = converter;
    this.output = new Float32Array(capacity);
  }

  /** @param longest samples that one call of `convert` brings at most. */
  static async create({
    from,
    to,
    longest,
  }: {
    from: number;
    to: number;
    longest: number;
  }): Promise<Resampler> {
    if (from === to) return new Resampler(undefined, 0);
    const converter = await libsamplerate.create(1, from, to, { converterType: SRC_SINC_MEDIUM_QUALITY });
    // More than its share may come out at once, when the filter lets go of what it held back.
    return new Resampler(converter, Math.ceil((longest * to) / from) + 1_024);
  }

  /** The samples that are ready, a view that is valid until the next call. */
  convert(input: Float32Array): Float32Array {
    if (!this.converter) return input;
    this.converter.full(input, this.output, this.produced);
    return this.output.subarray(0, this.produced.frames);
  }

  close(): void {
    this.converter?.destroy();
  }
}
