import { expect, test } from 'vitest';
import { nameOfCopy } from '../../appliance/tour/copy-name.ts';

test.each([
  ['Old town', [], 'Old town (2)'],
  ['Old town (2)', ['Old town', 'Old town (2)'], 'Old town (3)'],
  ['Old town', ['Old town (2)', 'Old town (3)'], 'Old town (4)'],
  ['Rome (2026 season)', [], 'Rome (2026 season) (2)'],
])('a copy of “%s” beside %j is “%s”', (name, taken, copy) => {
  expect(nameOfCopy(name, new Set([name, ...taken]))).toBe(copy);
});

test('a copy’s name is never too long, nor cut within a character', () => {
  const copy = nameOfCopy('👩🏽‍🏫'.repeat(11), new Set());
  expect(copy.length).toBeLessThanOrEqual(80);
  expect(copy).toBe(`${'👩🏽‍🏫'.repeat(10)} (2)`);
  expect(nameOfCopy('x'.repeat(80), new Set())).toHaveLength(80);
});
