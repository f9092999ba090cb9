import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from './floor-frame.ts';

/** Wind, steps and engines lie below, speech that can be understood above: a second-order high-pass, Hz. */
const CORNER_HZ = 200;
const FACTOR = 1 / (1 + (2 * Math.PI * CORNER_HZ) / FLOOR_RATE);

/** What is left of a frame above the rumble. Hot path: allocates nothing. */
export class HighPass {
  /** The last frame, filtered. */
  readonly samples = new Float32Array(FLOOR_FRAME_SAMPLES);
  private lastIn = 0;
  private lastOnce = 0;
  private lastTwice = 0;

  /** Takes one frame of 480 samples. @returns the mean square of what is left, in squared 16-bit steps. */
  filter(samples: Int16Array): number {
    let { lastIn, lastOnce, lastTwice } = this;
    let sum = 0;
    for (let i = 0; i < FLOOR_FRAME_SAMPLES; i++) {
      const sample = samples[i] ?? 0;
      const once = FACTOR * (lastOnce + sample - lastIn);
      lastTwice = FACTOR * (lastTwice + once - lastOnce);
      lastOnce = once;
      lastIn = sample;
      this.samples[i] = lastTwice;
      sum += lastTwice * lastTwice;
    }
    this.lastIn = lastIn;
    this.lastOnce = lastOnce;
    this.lastTwice = lastTwice;
    return sum / FLOOR_FRAME_SAMPLES;
  }
}
