import { expect, test } from 'vitest';
import { Lag } from '../../appliance/tour/lag.ts';

test('lag is how long after the guide begins the interpreter does', () => {
  const lag = new Lag();
  expect(lag.ms).toBe(0);
  for (let now = 10_000; now < 12_000; now += 20) lag.voiced(now);
  lag.spoken(12_500);
  expect(lag.ms).toBe(2_500);
  lag.spoken(13_000);
  expect(lag.ms, 'more of the same speech').toBe(2_500);
});

test('the next stretch of speech counts anew, smoothed', () => {
  const lag = new Lag();
  lag.voiced(10_000);
  lag.spoken(13_000);
  lag.voiced(20_000);
  lag.spoken(26_000);
  expect(lag.ms).toBe(4_000);
});

test('words that were never answered do not count', () => {
  const lag = new Lag();
  lag.voiced(10_000);
  lag.spoken(40_000);
  expect(lag.ms).toBe(0);
  lag.spoken(50_000);
  expect(lag.ms, 'speech that nobody asked for').toBe(0);
});

test('speech that waits behind other speech is later by what is before it', () => {
  const lag = new Lag();
  lag.voiced(0);
  lag.spoken(2_000, 3_000);
  expect(lag.ms).toBe(5_000);
});
