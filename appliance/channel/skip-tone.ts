import { FLOOR_RATE } from '../floor/floor-frame.ts';

const HERTZ = 660;
const SAMPLES = 0.2 * FLOOR_RATE;
/** -30 dBFS. */
const PEAK = 1_036;
/** Silence before and after it, 60 ms. */
const MARGIN = 0.06 * FLOOR_RATE;

/** Soft and short, swelling and fading: here something was left out. Mono, 24 kHz; nobody may change it. */
export const SKIP_TONE: Int16Array = Int16Array.from({ length: SAMPLES + 2 * MARGIN }, (_, index) => {
  const at = index - MARGIN;
  if (at < 0 || at >= SAMPLES) return 0;
  return PEAK * Math.sin((Math.PI * at) / SAMPLES) ** 2 * Math.sin((2 * Math.PI * HERTZ * at) / FLOOR_RATE);
});
