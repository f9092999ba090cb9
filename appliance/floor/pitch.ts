import { FLOOR_FRAME_SAMPLES } from './floor-frame.ts';

/** 8 kHz is enough to find a pitch in. */
const DECIMATION = 3;
const FRAME = FLOOR_FRAME_SAMPLES / DECIMATION;
/** 60 ms. */
const WINDOW = 3 * FRAME;
/** Periods of 2.5 to 25 ms: tones of 40 to 400 Hz, and by their multiples all that are higher. */
const LEAST_LAG = 20;
const MOST_LAG = 200;

/**
 * How much the last 60 ms repeat themselves, as voices and music do and noise does not: the highest normalised
 * autocorrelation. Steady noise is at 0.2, with a strong slope at 0.3; a chord of strings at 0.8.
 */
export class Pitch {
  private readonly window = new Float32Array(WINDOW);

  /** Takes one frame of 480 samples. */
  hear(samples: Float32Array): void {
    const { window } = this;
    window.copyWithin(0, FRAME);
    for (let i = 0, at = 0; i < FRAME; i++, at += DECIMATION) {
      // A mean of three is a poor filter, but what it lets through makes noise no more regular.
      const sum = (samples[at] ?? 0) + (samples[at + 1] ?? 0) + (samples[at + 2] ?? 0);
      window[WINDOW - FRAME + i] = sum / DECIMATION;
    }
  }

  /** 0 to 1. Costs about 50,000 multiplications: asked for only where loudness does not tell. */
  get strength(): number {
    const { window } = this;
    const own = energy(window, MOST_LAG, WINDOW);
    let past = energy(window, MOST_LAG - LEAST_LAG, WINDOW - LEAST_LAG);
    let strongest = 0;
    for (let lag = LEAST_LAG; lag <= MOST_LAG; lag++) {
      let product = 0;
      for (let i = MOST_LAG; i < WINDOW; i++) product += (window[i] ?? 0) * (window[i - lag] ?? 0);
      const strength = product / Math.sqrt(own * past + Number.EPSILON);
      if (strength > strongest) strongest = strength;
      // The next lag looks one sample further back.
      past += (window[MOST_LAG - lag - 1] ?? 0) ** 2 - (window[WINDOW - lag - 1] ?? 0) ** 2;
    }
    return strongest;
  }
}

function energy(window: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (window[i] ?? 0) ** 2;
  return sum;
}
