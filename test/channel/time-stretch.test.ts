import { expect, test } from 'vitest';
import { TimeStretch } from '../../appliance/channel/time-stretch.ts';
import { frequency } from '../microphone/waveform.ts';
import { tone } from './frame-log.ts';

/** All of `samples` at the tempo that `tempoAt` says, frame by frame. */
function stretched(samples: Int16Array, tempoAt: (frame: number) => number): Int16Array {
  let taken = 0;
  const stretch = new TimeStretch({
    source: (into, from, to) => {
      const count = Math.min(to - from, samples.length - taken);
      into.set(samples.subarray(taken, taken + count), from);
      taken += count;
      return count;
    },
  });
  const heard: number[] = [];
  const frame = new Int16Array(1_440);
  for (let at = 0; ; at++) {
    const count = stretch.pull(frame, tempoAt(at));
    heard.push(...frame.subarray(0, count));
    if (count < frame.length) return Int16Array.from(heard);
  }
}

test('at tempo 1 every sample is passed on as it is', () => {
  const samples = Int16Array.from({ length: 100_001 }, (_, at) => (at * 7_919) % 30_011);
  expect(stretched(samples, () => 1)).toEqual(samples);
});

test.for([
  [110, 1.25],
  [220, 1.15],
  [440, 1.25],
  [440, 1.05],
] as const)('%d Hz at tempo %d are as much shorter and as high as before', ([hertz, tempo]) => {
  const samples = tone(hertz, 4_000);
  const heard = stretched(samples, () => tempo);
  expect(heard.length * tempo).toBeGreaterThan(0.99 * samples.length);
  expect(heard.length * tempo).toBeLessThan(1.01 * samples.length);
  expect(frequency(heard) / hertz).toBeCloseTo(1, 2);
  // A seam that does not fit would leave a hole or a click.
  const loudest = Math.max(...heard);
  for (let at = 0; at + 480 < heard.length; at += 240)
    expect(Math.max(...heard.subarray(at, at + 480)) / loudest).toBeGreaterThan(0.9);
});

test('the tempo may change with every frame, back to 1 too, and nothing is lost at the end', () => {
  const samples = tone(300, 3_000);
  const heard = stretched(samples, (frame) => (frame % 20 < 10 ? 1.2 : 1));
  expect(frequency(heard)).toBeCloseTo(300, -1);
  expect(heard.length).toBeLessThan(samples.length);
  expect(heard.at(-1)).toBe(samples.at(-1));
});
