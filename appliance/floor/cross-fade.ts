import { FLOOR_RATE } from './floor-frame.ts';

/** Long enough that no click is heard, short enough that no word is two voices: 8 ms. */
const FADE_SAMPLES = (8 * FLOOR_RATE) / 1_000;

/** From one voice to another at the beginning of a frame: writes `from` over into `to`, both of 480 samples. */
export function crossFade(from: Int16Array, to: Int16Array): void {
  for (let i = 0; i < FADE_SAMPLES; i++) {
    const share = (i + 1) / (FADE_SAMPLES + 1);
    to[i] = (from[i] ?? 0) * (1 - share) + (to[i] ?? 0) * share;
  }
}
