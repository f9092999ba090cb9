import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';
import { Resampler } from './resampler.ts';
import { WavFile } from './wav.ts';

/** Pieces of 100 ms: converting one holds up the event loop for under a millisecond. */
const PIECES_PER_SECOND = 10;
/** Silence that pushes the last sound out of the resampler's filter. */
const FLUSH_SECONDS = 0.02;

/** A WAV file as the floor wants it: mono, 16 bit, 24 kHz, once or over and over. */
export class Recording {
  private readonly wav: WavFile;
  private readonly resampler: Resampler;
  private readonly loop: boolean;
  private readonly input: Float32Array;
  private output: Int16Array;
  private flushed = false;

  private constructor({ wav, resampler, loop }: { wav: WavFile; resampler: Resampler; loop: boolean }) {
    this.wav = wav;
    this.resampler = resampler;
    // Less than one frame, over and over, would be thousands of reads a second.
    this.loop = loop && wav.remaining / wav.layout.sampleRate > FLOOR_FRAME_SAMPLES / FLOOR_RATE;
    this.input = new Float32Array(Math.ceil(wav.layout.sampleRate / PIECES_PER_SECOND));
    this.output = new Int16Array(FLOOR_RATE / PIECES_PER_SECOND);
  }

  /** @throws UbizoError `microphone_file_missing`, `microphone_file_empty` or `microphone_file_broken`. */
  static async open({ path, loop }: { path: string; loop: boolean }): Promise<Recording> {
    const wav = await WavFile.open(path);
    try {
      const from = wav.layout.sampleRate;
      const longest = Math.ceil(from / PIECES_PER_SECOND);
      return new Recording({
        wav,
        loop,
        resampler: await Resampler.create({ from, to: FLOOR_RATE, longest }),
      });
    } catch (error) {
      await wav.close();
      throw error;
    }
  }

  /**
   * The next 100 ms or so, or undefined at the end. A view that is valid until the next call.
   * @throws UbizoError `microphone_file_broken` when the disk fails.
   */
  async next(): Promise<Int16Array | undefined> {
    let count = await this.wav.read(this.input);
    if (count === 0 && this.loop) {
      this.wav.rewind();
      count = await this.wav.read(this.input);
    }
    if (count > 0) return this.toSixteenBits(this.resampler.convert(this.input.subarray(0, count)));
    if (this.flushed) return undefined;
    this.flushed = true;
    if (this.wav.layout.sampleRate === FLOOR_RATE) return undefined;
    const silence = Math.ceil(this.wav.layout.sampleRate * FLUSH_SECONDS);
    return this.toSixteenBits(this.resampler.convert(this.input.subarray(0, silence).fill(0)));
  }

  async close(): Promise<void> {
    this.resampler.close();
    await this.wav.close();
  }

  private toSixteenBits(samples: Float32Array): Int16Array {
    if (this.output.length < samples.length) this.output = new Int16Array(samples.length);
    const { output } = this;
    for (let i = 0; i < samples.length; i++) {
      const step = Math.round((samples[i] ?? 0) * 32_768);
      // The filter overshoots a little where the sound is at full scale.
      output[i] = step > 32_767 ? 32_767 : step < -32_768 ? -32_768 : step;
    }
    return output.subarray(0, samples.length);
  }
}
