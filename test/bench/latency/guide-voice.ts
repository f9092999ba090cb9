import { FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import { wavBytes } from '../../microphone/wav-bytes.ts';

/** Not a multiple of any frame: over the run, bursts begin at every place within a frame. */
const PERIOD_MS = 507;
const BURST_MS = 60;
const PERIODS = 40;
const HERTZ = 1_000;
const LOUD = 0.35;
/** -39 dBFS: heard, but far below a burst. */
const NOISE = 0.02;

const LOUD_STEP = 3_000;
const QUIET_SAMPLES = 0.2 * FLOOR_RATE;

/** What the guide says: noise without a pause, and a burst of tone about twice a second. */
export function guideVoice(): Buffer {
  const period = Math.round((PERIOD_MS / 1_000) * FLOOR_RATE);
  const burst = (BURST_MS / 1_000) * FLOOR_RATE;
  let seed = 1;
  const samples = Float64Array.from({ length: PERIODS * period }, (_, index) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = NOISE * (seed / 2 ** 31 - 1);
    const within = index % period;
    // Out of phase, so that the very first sample is already loud.
    const tone = LOUD * Math.cos((2 * Math.PI * HERTZ * within) / FLOOR_RATE);
    return within < burst ? tone + noise : noise;
  });
  return wavBytes({ rate: FLOOR_RATE, encoding: 's16', channels: [samples] });
}

/** Finds where in the floor's frames a burst begins. */
export class BurstFinder {
  private quiet = 0;

  /** @returns the index of a burst's first sample. */
  find(samples: Int16Array): number | undefined {
    let found: number | undefined;
    for (const [index, sample] of samples.entries()) {
      if (Math.abs(sample) < LOUD_STEP) {
        this.quiet++;
        continue;
      }
      if (this.quiet >= QUIET_SAMPLES) found = index;
      this.quiet = 0;
    }
    return found;
  }
}
