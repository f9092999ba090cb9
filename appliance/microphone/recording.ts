import { basename } from 'node:path';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';
import { UbizoError } from '../protocol/errors.ts';
import { openSound } from './formats/open-sound.ts';
import { Resampler } from './resampler.ts';
import { FileBytes, type SoundBytes } from './sound-bytes.ts';
import { type Sound, SoundUnreadable } from './sound.ts';

/** Pieces of 100 ms: converting one holds up the event loop for under a millisecond. */
const PIECES_PER_SECOND = 10;
/** Silence that pushes the last sound out of the resampler's filter. */
const FLUSH_SECONDS = 0.02;
/** Less than one frame, over and over, would be thousands of reads a second. */
const SHORTEST_LOOP_SECONDS = FLOOR_FRAME_SAMPLES / FLOOR_RATE;

/** Recorded sound as the floor wants it: mono, 16 bit, 24 kHz, once or over and over. */
export class Recording {
  private readonly sound: Sound;
  private readonly loop: boolean;
  private readonly input: Float32Array;
  private resampler: Resampler;
  /** What it converts from. */
  private rate: number;
  private output: Int16Array;
  private playedSeconds = 0;
  private flushed = false;

  private constructor({ sound, resampler, loop }: { sound: Sound; resampler: Resampler; loop: boolean }) {
    this.sound = sound;
    this.resampler = resampler;
    this.rate = sound.sampleRate;
    this.loop = loop;
    this.input = new Float32Array(Math.ceil(sound.sampleRate / PIECES_PER_SECOND));
    this.output = new Int16Array(FLOOR_RATE / PIECES_PER_SECOND);
  }

  /** @throws UbizoError `microphone_file_missing`, `microphone_file_empty` or `microphone_file_broken`. */
  static async open({ path, loop }: { path: string; loop: boolean }): Promise<Recording> {
    try {
      return await Recording.of(await FileBytes.of(path), { loop });
    } catch (error) {
      throw error instanceof SoundUnreadable ? unreadable(path, error) : error;
    }
  }

  /** @throws SoundUnreadable. */
  static async of(bytes: SoundBytes, { loop = false }: { loop?: boolean } = {}): Promise<Recording> {
    const sound = await openSound(bytes);
    try {
      const longest = Math.ceil(sound.sampleRate / PIECES_PER_SECOND);
      const resampler = await Resampler.create({ from: sound.sampleRate, to: FLOOR_RATE, longest });
      return new Recording({ sound, loop, resampler });
    } catch (error) {
      await sound.close();
      throw error;
    }
  }

  /**
   * The next 100 ms at most, or undefined at the end. A view that is valid until the next call.
   * @throws SoundUnreadable when it cannot be read any further.
   */
  async next(): Promise<Int16Array | undefined> {
    let count = await this.sound.read(this.input);
    if (count === 0 && this.loop && this.playedSeconds > SHORTEST_LOOP_SECONDS) {
      await this.sound.rewind();
      this.playedSeconds = 0;
      count = await this.sound.read(this.input);
    }
    if (count > 0) {
      if (this.sound.sampleRate !== this.rate) await this.suit(this.sound.sampleRate);
      this.playedSeconds += count / this.rate;
      return this.toSixteenBits(this.resampler.convert(this.input.subarray(0, count)));
    }
    if (this.flushed) return undefined;
    this.flushed = true;
    if (this.rate === FLOOR_RATE) return undefined;
    const silence = Math.min(this.input.length, Math.ceil(this.rate * FLUSH_SECONDS));
    return this.toSixteenBits(this.resampler.convert(this.input.subarray(0, silence).fill(0)));
  }

  async close(): Promise<void> {
    this.resampler.close();
    await this.sound.close();
  }

  /** The next part of a recording that was put together may be of another rate. */
  private async suit(rate: number): Promise<void> {
    const next = await Resampler.create({ from: rate, to: FLOOR_RATE, longest: this.input.length });
    this.resampler.close();
    this.resampler = next;
    this.rate = rate;
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

const MICROPHONE_CODES = {
  missing: 'microphone_file_missing',
  empty: 'microphone_file_empty',
  broken: 'microphone_file_broken',
} as const;

/** What whoever chose the recording can do about it. */
const REMEDIES: Record<SoundUnreadable['kind'], string> = {
  missing: 'Check its name, its place and who may read it',
  empty: 'Record it again',
  broken: 'Save it again as a WAV or MP3 file',
};

/** For who has chosen the file: named without its folder. */
export function unreadable(path: string, error: SoundUnreadable): UbizoError {
  const { kind, message } = error;
  const name = basename(path);
  return new UbizoError(
    MICROPHONE_CODES[kind],
    `The recording “${name}” ${message}. ${REMEDIES[kind]}, or choose another microphone.`,
    { cause: error },
  );
}
