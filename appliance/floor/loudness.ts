/** The quietest level that is told apart, dBFS. Digital silence is this, not minus infinity. */
export const SILENCE_DB = -100;

/** 16-bit full scale, squared. */
const FULL_SCALE_POWER = 32_768 * 32_768;

/** Power as dBFS, -100 to 0. `power` in squared 16-bit steps: a sample's square, or the mean of many. */
export function powerDb(power: number): number {
  const db = 10 * Math.log10(power / FULL_SCALE_POWER);
  // Also for no power at all, whose logarithm is minus infinity.
  return db > SILENCE_DB ? Math.min(db, 0) : SILENCE_DB;
}

/** Below this a sample is a pause between words, not speech: -46 dBFS. */
const PAUSE_LEVEL = 160;

/** Whether there is more in `samples` than a pause between words, `to` not included. */
export function holdsSound(samples: Int16Array, from = 0, to = samples.length): boolean {
  for (let i = from; i < to; i++) if (Math.abs(samples[i] ?? 0) > PAUSE_LEVEL) return true;
  return false;
}
