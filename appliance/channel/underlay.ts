import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';

const CAPACITY = FLOOR_RATE;
/** Read only once this much is there, so that the microphone's jitter is not heard: 80 ms. */
const CUSHION = 4 * FLOOR_FRAME_SAMPLES;
/** More than this has come from clocks that differ, and is left out: 300 ms. */
const SURPLUS = 15 * FLOOR_FRAME_SAMPLES;
/** A change of loudness takes 200 ms from nothing to full. */
const GAIN_STEP = 1 / (0.2 * FLOOR_RATE);

/**
 * The guide's own voice under a translation: a ring of floor sound and a gain that moves smoothly. Both hot paths
 * (`hear`, `mixInto`) allocate nothing.
 */
export class Underlay {
  private readonly ring = new Int16Array(CAPACITY);
  private readAt = 0;
  private writeAt = 0;
  private primed = false;
  private gain = 0;

  /** True while there is floor sound to mix. */
  get pending(): boolean {
    return this.writeAt > this.readAt;
  }

  hear(samples: Int16Array): void {
    for (let i = 0; i < samples.length; i++) this.ring[this.writeAt++ % CAPACITY] = samples[i] ?? 0;
    const surplus = this.writeAt - this.readAt - SURPLUS;
    if (surplus > 0) this.readAt += surplus + SURPLUS - CUSHION;
    if (!this.primed && this.writeAt - this.readAt >= CUSHION) this.primed = true;
  }

  /** Forgets what has come but is too little to be heard. */
  clear(): void {
    this.readAt = this.writeAt;
    this.primed = false;
  }

  /** Adds what is due to `into`, moving towards `target` (0 to 1). @returns whether anything was added. */
  mixInto(into: Int16Array, target: number): boolean {
    if (!this.primed) return false;
    const count = Math.min(into.length, this.writeAt - this.readAt);
    let heard = false;
    for (let i = 0; i < count; i++) {
      if (this.gain < target) this.gain = Math.min(target, this.gain + GAIN_STEP);
      else if (this.gain > target) this.gain = Math.max(target, this.gain - GAIN_STEP);
      const sample = this.ring[this.readAt++ % CAPACITY] ?? 0;
      if (this.gain === 0) continue;
      heard = true;
      const mixed = (into[i] ?? 0) + sample * this.gain;
      into[i] = mixed > 32_767 ? 32_767 : mixed < -32_768 ? -32_768 : mixed;
    }
    if (this.readAt >= this.writeAt) this.primed = false;
    return heard;
  }
}
