import { expect, test } from 'vitest';
import { Underlay } from '../../appliance/channel/underlay.ts';

const frame = (value: number): Int16Array => new Int16Array(480).fill(value);

function hear(underlay: Underlay, frames: number, value = 10_000): void {
  for (let i = 0; i < frames; i++) underlay.hear(frame(value));
}

function mixed(underlay: Underlay, gain: number, into = 0, length = 480): Int16Array {
  const mix = new Int16Array(length).fill(into);
  underlay.mixInto(mix, gain);
  return mix;
}

test('the guide is heard only once there is enough for a steady voice', () => {
  const underlay = new Underlay();
  hear(underlay, 3);
  expect(underlay.mixInto(new Int16Array(480), 1)).toBe(false);
  hear(underlay, 1);
  expect(underlay.mixInto(new Int16Array(480), 1)).toBe(true);
});

test('a change of loudness is smooth: no step that would click', () => {
  const underlay = new Underlay();
  hear(underlay, 12);
  const up = mixed(underlay, 1, 0, 4_800);
  expect(up[0]).toBeLessThan(10);
  expect(up[4_799]).toBe(10_000);
  hear(underlay, 12);
  const down = mixed(underlay, 0, 0, 4_800);
  expect(down[0]).toBeGreaterThan(9_990);
  expect(down[4_799]).toBe(0);
  for (const samples of [up, down])
    samples.forEach((sample, i) => {
      if (i > 0) expect(Math.abs(sample - (samples[i - 1] ?? 0))).toBeLessThan(10);
    });
});

test('voices that add up to more than full scale are held at it', () => {
  const underlay = new Underlay();
  hear(underlay, 14, 30_000);
  mixed(underlay, 1, 0, 4_800);
  expect(mixed(underlay, 1, 30_000)[479]).toBe(32_767);
  const low = new Underlay();
  hear(low, 14, -30_000);
  mixed(low, 1, 0, 4_800);
  expect(mixed(low, 1, -30_000)[479]).toBe(-32_768);
});

test('a guide whose clock is fast never falls behind by more than 300 ms', () => {
  const underlay = new Underlay();
  for (let value = 1; value <= 100; value++) underlay.hear(frame(value * 100));
  mixed(underlay, 1, 0, 960);
  const mix = mixed(underlay, 1, 0, 480);
  expect(underlay.pending).toBe(true);
  let left = 0;
  while (underlay.mixInto(new Int16Array(480), 1)) left++;
  expect(left).toBeLessThanOrEqual(15);
  expect(mix[479]).toBeGreaterThan(0);
});

test('what was forgotten is not heard with what comes next', () => {
  const underlay = new Underlay();
  hear(underlay, 3, 10_000);
  expect(underlay.pending).toBe(true);
  underlay.clear();
  expect(underlay.pending).toBe(false);
  hear(underlay, 3, -10_000);
  expect(underlay.mixInto(new Int16Array(480), 1)).toBe(false);
  hear(underlay, 1, -10_000);
  for (const sample of mixed(underlay, 1)) expect(sample).toBeLessThanOrEqual(0);
});
