import { Redundancy } from '../../../appliance/channel/redundancy.ts';
import type { OpusFrame } from '../../../appliance/channel/channel.ts';
import { OpusEncoder } from '../../../appliance/channel/opus-encoder.ts';

export const TONE_HZ = 700;
const RATE = 24_000;
const FRAME = 480;
const DURATION = 960;

/** A tone without end, in frames of 20 ms as the product's channels make them. */
export class Tone {
  private readonly encoder = new OpusEncoder({ frameMs: 20 });
  private readonly redundancy = new Redundancy();
  private readonly samples = new Int16Array(FRAME);
  private readonly from: number;
  private frames = 0;

  /** @param from media time of the first frame, 48 kHz. */
  constructor({ from = 0 }: { from?: number } = {}) {
    this.from = from;
  }

  next(): OpusFrame {
    const { frames, samples } = this;
    for (let i = 0; i < FRAME; i++)
      samples[i] = 8_000 * Math.sin((2 * Math.PI * TONE_HZ * (frames * FRAME + i)) / RATE);
    this.frames++;
    return this.redundancy.add({
      payload: this.encoder.encode(samples).subarray(),
      timestamp: this.from + frames * DURATION,
      duration: DURATION,
      marker: frames === 0,
    });
  }
}
