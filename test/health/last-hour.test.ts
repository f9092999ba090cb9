import { expect, test } from 'vitest';
import { LastHour } from '../../appliance/health/last-hour.ts';

test('keeps an hour of looks, and forgets the oldest first', async () => {
  let at = 0;
  const lastHour = new LastHour({
    look: () => Promise.resolve({ at: at++, listeners: 0, packetsPerSecond: 0 }),
    everyMs: 360_000,
  });
  for (let look = 0; look < 25; look++) await lastHour.take();
  expect(lastHour.view().samples.map((sample) => sample.at)).toEqual([
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
  ]);
  expect(lastHour.newest?.at).toBe(24);
});

test('does not begin a look while the last one is under way', async () => {
  let looks = 0;
  const lastHour = new LastHour({
    look: async () => {
      looks++;
      await new Promise(setImmediate);
      return { at: looks, listeners: 0, packetsPerSecond: 0 };
    },
  });
  await Promise.all([lastHour.take(), lastHour.take()]);
  await lastHour.take();
  expect(lastHour.view().samples.map(({ at }) => at)).toEqual([1, 2]);
});
