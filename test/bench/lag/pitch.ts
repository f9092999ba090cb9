const RATE = 24_000;
/** 60 to 400 Hz. */
const [SHORTEST, LONGEST] = [60, 400];
const WINDOW = 960;
/** How often the pitch is looked at: 100 ms. */
const EVERY = 2_400;
/** Below this there is no voice, or not one. */
const VOICED = 0.85;
const LOUD = 500;

/** The mean pitch of a voice, Hz (geometric), by autocorrelation wherever it is voiced. */
export function meanPitch(samples: Int16Array): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at + WINDOW + LONGEST < samples.length; at += EVERY) {
    const period = periodAt(samples, at);
    if (period === undefined) continue;
    sum += Math.log(RATE / period);
    count++;
  }
  return Math.exp(sum / count);
}

/** Between samples, by the parabola through the three best; undefined where nothing repeats itself. */
function periodAt(samples: Int16Array, at: number): number | undefined {
  const power = product(samples, at, 0);
  if (power / WINDOW < LOUD ** 2) return undefined;
  const likeness = new Float64Array(LONGEST + 1);
  let best = 0;
  let there = product(samples, at + SHORTEST - 1, 0);
  for (let lag = SHORTEST; lag <= LONGEST; lag++) {
    there += (samples[at + lag + WINDOW - 1] ?? 0) ** 2 - (samples[at + lag - 1] ?? 0) ** 2;
    likeness[lag] = product(samples, at, lag) / Math.sqrt(power * there + 1);
    // A multiple of the period is as alike.
    if ((likeness[lag] ?? 0) > (likeness[best] ?? 0) + 0.02) best = lag;
  }
  const [before = 0, peak = 0, after = 0] = [likeness[best - 1], likeness[best], likeness[best + 1]];
  if (peak < VOICED || best <= SHORTEST || best >= LONGEST) return undefined;
  const bend = before - 2 * peak + after;
  return best + (bend === 0 ? 0 : (before - after) / (2 * bend));
}

function product(samples: Int16Array, at: number, lag: number): number {
  let sum = 0;
  for (let i = at; i < at + WINDOW; i++) sum += (samples[i] ?? 0) * (samples[i + lag] ?? 0);
  return sum;
}
