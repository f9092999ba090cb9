import { powerDb } from '../../appliance/floor/loudness.ts';

/** Looks at samples and makes them, for tests. */

export function sine({
  hz,
  rate,
  seconds,
  amplitude,
}: {
  hz: number;
  rate: number;
  seconds: number;
  /** 0 to 1. */
  amplitude: number;
}): Float64Array {
  return Float64Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rate),
  );
}

/** Steady noise, the same at every run. */
export function noise({ seconds, amplitude }: { seconds: number; amplitude: number }): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: seconds * 24_000 }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.round((seed / 0x3fffffff - 1) * amplitude * 32_767);
  });
}

export function rmsDb(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return powerDb(sum / Math.max(1, samples.length));
}

/** The frequency, Hz, by counting upward crossings of zero. */
export function frequency(samples: Int16Array, rate = 24_000): number {
  let first = -1;
  let last = -1;
  let periods = -1;
  for (let i = 1; i < samples.length; i++) {
    const before = samples[i - 1] ?? 0;
    const after = samples[i] ?? 0;
    if (before >= 0 || after < 0) continue;
    last = i - 1 + before / (before - after);
    if (first < 0) first = last;
    periods++;
  }
  return (periods * rate) / (last - first);
}

/** Loudness of every 20 ms, dBFS. */
export function envelope(samples: Int16Array): number[] {
  return Array.from({ length: Math.floor(samples.length / 480) }, (_, i) =>
    rmsDb(samples.subarray(i * 480, (i + 1) * 480)),
  );
}

/** How alike two curves are at the best shift of `part` within `whole`: Pearson's r, and the shift. */
export function bestMatch(whole: number[], part: number[]): { r: number; shift: number } {
  let best = { r: -1, shift: 0 };
  for (let shift = 0; shift + part.length <= whole.length; shift++) {
    const r = correlation(whole.slice(shift, shift + part.length), part);
    if (r > best.r) best = { r, shift };
  }
  return best;
}

function correlation(a: number[], b: number[]): number {
  const meanA = a.reduce((sum, x) => sum + x, 0) / a.length;
  const meanB = b.reduce((sum, x) => sum + x, 0) / b.length;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    const x = (a[i] ?? 0) - meanA;
    const y = (b[i] ?? 0) - meanB;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}
