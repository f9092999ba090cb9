import { Decoder } from '@evan/opus';
import { FLOOR_FRAME_MS, FLOOR_RATE } from '../floor/floor-frame.ts';
import { Lateness } from '../protocol/lateness.ts';
import type { SoundFrame } from '../protocol/sound-frame.ts';
import { Resampler } from './resampler.ts';

/** Older speech would make everybody wait, ms. */
const LATE_MS = 400;
/** So much more sound than time is taken, ms: what waited somewhere comes at once. */
const AHEAD_MS = 400;
const LONGEST = (48_000 * 120) / 1_000;

export interface SocketVoiceOptions {
  /** s16le at 24 kHz, of any length; read during the call only. */
  readonly onSound: (bytes: Uint8Array) => void;
  readonly onMissing: () => void;
}

/** A phone's voice from the frames of a socket: what is late, or too much, is left out. */
export class SocketVoice {
  private readonly options: SocketVoiceOptions;
  private readonly resampler: Resampler;
  private readonly decoder = new Decoder({ channels: 1, sample_rate: FLOOR_RATE });
  private readonly lateness = new Lateness();
  private readonly floats = new Float32Array(LONGEST);
  /** Up to when there is sound by now, ms: it is ahead of the time, or behind it. */
  private until = 0;
  private next: number | undefined;

  private constructor(options: SocketVoiceOptions, resampler: Resampler) {
    this.options = options;
    this.resampler = resampler;
  }

  /** @param rate of samples that are not Opus, Hz. */
  static async create({ rate, ...options }: SocketVoiceOptions & { rate: number }): Promise<SocketVoice> {
    const resampler = await Resampler.create({ from: rate, to: FLOOR_RATE, longest: LONGEST });
    return new SocketVoice(options, resampler);
  }

  close(): void {
    this.resampler.close();
  }

  hear(frame: SoundFrame, now: number = performance.now()): void {
    if (frame.sound.length === 0) return;
    if (this.lateness.of(frame.timestamp, now) > LATE_MS) return;
    this.until = Math.max(this.until, now - AHEAD_MS);
    if (this.until >= now + AHEAD_MS) return;
    // The page leaves out what it cannot get through: one such hole is heard less when it is filled.
    if (this.next !== undefined && ((frame.sequence - this.next) & 0xff_ff) === 1) this.fill();
    this.next = (frame.sequence + 1) & 0xff_ff;
    if (frame.pcm) this.tell(this.converted(frame.sound));
    else this.decode(frame.sound);
  }

  private decode(payload: Uint8Array): void {
    let bytes: Uint8Array;
    try {
      bytes = this.decoder.decode(payload);
    } catch {
      this.fill();
      return;
    }
    this.tell(bytes);
  }

  /** What counts is how long the sound is, not how long its sender says that it is. */
  private tell(bytes: Uint8Array): void {
    this.until += (bytes.length / 2 / FLOOR_RATE) * 1_000;
    this.options.onSound(bytes);
  }

  private fill(): void {
    this.until += FLOOR_FRAME_MS;
    this.options.onMissing();
  }

  private converted(sound: Uint8Array): Uint8Array {
    const view = new DataView(sound.buffer, sound.byteOffset, sound.byteLength);
    const count = Math.min(sound.byteLength >> 1, LONGEST);
    for (let i = 0; i < count; i++) this.floats[i] = view.getInt16(i * 2, true) / 32_768;
    const floats = this.resampler.convert(this.floats.subarray(0, count));
    const samples = Int16Array.from(floats, (each) => Math.max(-1, Math.min(1, each)) * 32_767);
    return new Uint8Array(samples.buffer);
  }
}
