import { expect, test } from 'vitest';
import { Sounding } from '../../appliance/channel/sounding.ts';

/** Frames of 60 ms from one moment to another. */
function frames(sounding: Sounding, from: number, to: number): void {
  for (let at = from; at <= to; at += 60) sounding.hear(at);
}

test('a channel knows when it sounded without a pause, and for how long', () => {
  const sounding = new Sounding();
  expect(sounding.throughout(0, 1)).toBe(false);
  frames(sounding, 1_000, 4_000);
  expect(sounding.throughout(1_000, 4_000)).toBe(true);
  expect(sounding.throughout(500, 2_000)).toBe(false);
  expect(sounding.throughout(2_000, 5_000)).toBe(false);
  frames(sounding, 6_000, 9_000);
  expect(sounding.throughout(1_500, 3_500)).toBe(true);
  expect(sounding.throughout(3_500, 6_500)).toBe(false);
  expect(sounding.throughout(6_000, 9_000)).toBe(true);
  expect(sounding.ms(9_000)).toBe(3_000);
  expect(sounding.ms(9_500)).toBe(0);
});

test('many pauses are no fewer for the last half minute', () => {
  const sounding = new Sounding();
  for (let at = 0; at < 100_000; at += 2_000) frames(sounding, at, at + 1_020);
  expect(sounding.throughout(97_000, 98_500)).toBe(false);
  expect(sounding.throughout(98_000, 99_000)).toBe(true);
});
