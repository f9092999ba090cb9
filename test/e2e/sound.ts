/** Looks at what a page has played. */

/** How loud one frequency is in the samples, dB; equal for equal tones at any place (Goertzel). */
export function toneDb(samples: Int16Array, hz: number, rate = 48_000): number {
  const omega = (2 * Math.PI * hz) / rate;
  const block = rate / 5;
  let power = 0;
  let blocks = 0;
  for (let at = 0; at + block <= samples.length; at += block) {
    let before = 0;
    let last = 0;
    for (let i = at; i < at + block; i++) {
      const next = (samples[i] ?? 0) / 32_768 + 2 * Math.cos(omega) * last - before;
      before = last;
      last = next;
    }
    power += (last ** 2 + before ** 2 - 2 * Math.cos(omega) * last * before) / (block / 2) ** 2;
    blocks++;
  }
  return 10 * Math.log10(power / Math.max(1, blocks) + 1e-12);
}

/** Loudness of each stretch of `ms`, 0 to 1. */
export function envelope(samples: Int16Array, { ms, rate }: { ms: number; rate: number }): number[] {
  const length = Math.round((rate * ms) / 1000);
  const values: number[] = [];
  for (let at = 0; at + length <= samples.length; at += length) {
    let sum = 0;
    for (let i = at; i < at + length; i++) sum += ((samples[i] ?? 0) / 32_768) ** 2;
    values.push(Math.sqrt(sum / length));
  }
  return values;
}

/** The best match (Pearson, -1 to 1) of `heard` anywhere in `source`, which repeats. */
function bestMatch(heard: readonly number[], source: readonly number[]): number {
  let best = -1;
  for (let shift = 0; shift < source.length; shift++) {
    best = Math.max(
      best,
      correlation(heard, (i) => source[(i + shift) % source.length] ?? 0),
    );
  }
  return best;
}

/** The longest stretch below `level`, ms. */
export function longestBreakMs(
  samples: Int16Array,
  { level = 0.003, rate = 48_000 }: { level?: number; rate?: number } = {},
): number {
  let longest = 0;
  let current = 0;
  for (const loudness of envelope(samples, { ms: 10, rate })) {
    current = loudness < level ? current + 10 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}

/**
 * How well what was heard follows the source, in the middle of all stretches of `length` values: a phone's jitter
 * buffer stretches time a little here and there, so one long stretch would never match as a whole.
 */
export function follows(heard: readonly number[], source: readonly number[], length = 150): number {
  const matches: number[] = [];
  for (let at = 0; at + length <= heard.length; at += length)
    matches.push(bestMatch(heard.slice(at, at + length), source));
  return matches.toSorted((a, b) => a - b)[Math.floor(matches.length / 2)] ?? -1;
}

function correlation(values: readonly number[], other: (i: number) => number): number {
  const n = values.length;
  const meanA = values.reduce((sum, value) => sum + value, 0) / n;
  let meanB = 0;
  for (let i = 0; i < n; i++) meanB += other(i) / n;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i++) {
    const a = (values[i] ?? 0) - meanA;
    const b = other(i) - meanB;
    ab += a * b;
    aa += a * a;
    bb += b * b;
  }
  return ab / Math.sqrt(aa * bb || 1);
}
