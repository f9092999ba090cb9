import { expect, test } from 'vitest';
import { Lateness } from '../../appliance/protocol/lateness.ts';

const HOUR_MS = 3_600_000;

test('the latest of late frames is as late as it is, by the earliest', () => {
  const lateness = new Lateness();
  expect(lateness.of(0, 1_000)).toBe(0);
  expect(lateness.of(960, 1_520)).toBe(500);
  expect(lateness.of(1_920, 1_030)).toBe(0);
  expect(lateness.of(2_880, 1_060)).toBe(10);
});

test('nothing is late because a clock has wrapped, however long it has been running', () => {
  const lateness = new Lateness();
  let latest = 0;
  for (let ms = 0; ms < 60 * HOUR_MS; ms += 1_000)
    latest = Math.max(latest, lateness.of((ms * 48) % 2 ** 32, ms));
  expect(latest).toBe(0);
});
