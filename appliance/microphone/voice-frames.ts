import { FLOOR_FRAME_SAMPLES } from '../floor/floor-frame.ts';

export interface VoiceFramesOptions {
  /** One frame of 480 samples; the buffer is used again. `capturedAt`: ms of `performance.now()`. */
  readonly onFrame: (samples: Int16Array, capturedAt: number) => void;
}

/** A phone's decoded sound, of any length, cut into frames of the floor. Hot path: one buffer, reused. */
export class VoiceFrames {
  private readonly options: VoiceFramesOptions;
  private readonly frame = new Int16Array(FLOOR_FRAME_SAMPLES);
  private filled = 0;

  constructor(options: VoiceFramesOptions) {
    this.options = options;
  }

  /** `bytes`: s16le at 24 kHz, of any length that Opus allows. */
  hear(bytes: Uint8Array): void {
    const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
    const capturedAt = performance.now();
    for (let at = 0; at < samples.length;) {
      const count = Math.min(FLOOR_FRAME_SAMPLES - this.filled, samples.length - at);
      this.frame.set(samples.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled < FLOOR_FRAME_SAMPLES) return;
      this.filled = 0;
      this.options.onFrame(this.frame, capturedAt);
    }
  }

  /** A lost packet: the last frame once more, at half its loudness, is heard less than a hole. */
  conceal(): void {
    for (let i = 0; i < FLOOR_FRAME_SAMPLES; i++) this.frame[i] = (this.frame[i] ?? 0) >> 1;
    this.filled = 0;
    this.options.onFrame(this.frame, performance.now());
  }
}
