import { expect, test } from 'vitest';
import type { PhoneQuality } from '../../appliance/protocol/quality-view.ts';
import { distributionOf, togetherOf, worstOf } from '../../appliance/quality/distribution.ts';
import { History } from '../../appliance/quality/history.ts';

const phone = (id: string, score: number): PhoneQuality => ({
  id,
  language: 'es',
  class: score >= 75 ? 'good' : 'poor',
  score,
  by: 'page',
  heardLoss: 0,
  distance: 1,
  reason: 'usual',
});

test('phones are counted by class, and the ten who hear worst are named, the worst first', () => {
  expect(distributionOf(['good', 'good', 'none'])).toEqual({
    excellent: 0,
    good: 2,
    fair: 0,
    poor: 0,
    none: 1,
  });
  const phones = Array.from({ length: 30 }, (_, i) => phone(`${i}`, 100 - 4 * i));
  expect(worstOf(phones).map(({ id }) => Number(id))).toEqual([29, 28, 27, 26, 25, 24, 23, 22, 21, 20]);
  expect(worstOf([phone('a', 80)]), 'who hears well is not shown').toEqual([]);
});

test('some who suffer at one time stand somewhere; most of all have something else in common', () => {
  expect(togetherOf(2, 30)).toBeUndefined();
  expect(togetherOf(6, 30)).toEqual({ phones: 6, who: 'some' });
  expect(togetherOf(16, 30)).toEqual({ phones: 16, who: 'most' });
});

const moment = (at: number) => ({ at, medianScore: 100, heardLoss: 0, distribution: distributionOf([]) });

test('an hour is kept, and no more', () => {
  const history = new History();
  for (let i = 0; i < 2_000; i++) history.add(moment(i * 5_000));
  expect(history.since(0)).toHaveLength(720);
  expect(history.since(1_999 * 5_000)).toEqual([moment(1_999 * 5_000)]);
});
