import { expect, test } from 'vitest';
import { JitterBuffer } from '../../appliance/microphone/jitter-buffer.ts';
import { strength, tone } from '../channel/frame-log.ts';

const HZ = 500;

function frames(from: number, to: number): Int16Array[] {
  return Array.from({ length: to - from }, (_, i) => tone(HZ, 20, 0.3, (from + i) * 480));
}

function pull(buffer: JitterBuffer, count: number): { heard: boolean[]; sound: Int16Array } {
  const sound = new Int16Array(count * 480);
  const heard = Array.from({ length: count }, (_, i) => buffer.pull(sound.subarray(i * 480, (i + 1) * 480)));
  return { heard, sound };
}

function steepest(samples: Int16Array): number {
  return samples.reduce(
    (most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? sample))),
    0,
  );
}

const STEEPEST = 2 * Math.PI * (HZ / 24_000) * 0.3 * 32_767 * 1.3;

test('what comes unevenly is heard evenly, a little later', () => {
  const buffer = new JitterBuffer();
  const sound: number[] = [];
  let sent = 0;
  for (let tick = 0; tick < 50; tick++) {
    // Now nothing, now two at a time.
    if (tick % 2 === 0) for (const samples of frames(sent, (sent += 2))) buffer.push(samples);
    sound.push(...pull(buffer, 1).sound);
  }
  const steady = Int16Array.from(sound).subarray(5 * 480);
  expect(strength(steady, HZ)).toBeGreaterThan(0.29);
  expect(steepest(steady)).toBeLessThan(STEEPEST);
});

test('a voice that stops fades out and comes back without a click', () => {
  const buffer = new JitterBuffer();
  for (const samples of frames(0, 5)) buffer.push(samples);
  const first = pull(buffer, 10);
  expect(first.heard).toEqual([true, true, true, true, true, true, false, false, false, false]);
  for (const samples of frames(20, 25)) buffer.push(samples);
  const second = pull(buffer, 5);
  expect(steepest(Int16Array.from([...first.sound, ...second.sound]))).toBeLessThan(STEEPEST);
});

test('what has come late and all at once does not make everything after it late', () => {
  const buffer = new JitterBuffer();
  for (const samples of frames(0, 40)) buffer.push(samples);
  const { heard, sound } = pull(buffer, 8);
  expect(heard.filter(Boolean).length, 'the rest was left out').toBeLessThan(6);
  expect(steepest(sound)).toBeLessThan(STEEPEST);
});
