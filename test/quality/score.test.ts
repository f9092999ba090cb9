import { expect, test } from 'vitest';
import { heardOf } from '../../appliance/quality/heard.ts';
import { classOf, follow, guessedLoss, median, scoreOf } from '../../appliance/quality/score.ts';
import { report, span, withSilence } from './spans.ts';

const always = (): boolean => true;
const NOW = 100_000;

const score = (heardLoss: number, silences = 0): number => scoreOf({ heardLoss, silences, nothing: false });

test('what is heard decides: what was invented, and silences of more than a second', () => {
  expect(score(0)).toBe(100);
  expect(score(0.01)).toBe(92);
  expect(score(0.05)).toBeCloseTo(60);
  expect(score(0, 2)).toBe(60);
  expect(score(0.5, 4)).toBe(0);
  expect(scoreOf({ heardLoss: 0, silences: 0, nothing: true })).toBe(0);
});

test('a score falls fast and rises slowly', () => {
  expect(follow(undefined, 40)).toBe(40);
  expect(follow(100, 0)).toBeCloseTo(30);
  expect(follow(0, 100)).toBeCloseTo(40);
});

test('there are five classes', () => {
  expect([100, 90, 80, 60, 20].map((score) => classOf(score))).toEqual([
    'excellent',
    'excellent',
    'good',
    'fair',
    'poor',
  ]);
  expect(classOf(60, true)).toBe('none');
});

test('a page that has heard everything, some of it, or with a hole in it', () => {
  expect(heardOf(report(), NOW, always)).toEqual({
    ms: 5_000,
    heardLoss: 0,
    packetLoss: 0,
    silences: 0,
    nothing: false,
  });
  const lossy = heardOf(report({ heard: 0.02, lost: 5 }), NOW, always);
  expect(lossy?.heardLoss).toBeCloseTo(0.02);
  expect(lossy?.packetLoss).toBeCloseTo(0.2);
  expect(heardOf(withSilence(), NOW, always)).toMatchObject({ silences: 1, nothing: false });
  expect(heardOf(report({ packets: 0 }), NOW, always)).toMatchObject({ nothing: true });
});

test('while nothing is sent there is no verdict, and what is invented then does not count', () => {
  const invented = report({ heard: 0.9, packets: 0 });
  expect(
    heardOf(invented, NOW, () => false),
    'muted, or the guide says nothing',
  ).toBeUndefined();
  const endsWith = { ...report(), spans: [...report().spans, span({ heard: 0.9, packets: 0 })] };
  // The guide fell silent half a second ago.
  const sounded = (_: number, to: number): boolean => to <= NOW - 500;
  expect(heardOf(endsWith, NOW, sounded)).toMatchObject({ heardLoss: 0, silences: 0 });
  expect(
    heardOf(report({ heard: 0.5 }), NOW, (from) => from > NOW - 2_000),
    'too little',
  ).toBeUndefined();
});

test('a phone that plays nothing has no verdict', () => {
  const { spans } = report();
  const held = { ...report(), spans: spans.map((each) => ({ ...each, samples: 0 })) };
  expect(heardOf(held, NOW, always)).toBeUndefined();
});

test('without a page what is heard is guessed from what was lost', () => {
  expect(guessedLoss(0.1, true)).toBeLessThan(guessedLoss(0.1, false));
  expect(guessedLoss(0.1, false)).toBeLessThan(0.1);
});

test('the median is a value that there is', () => {
  expect(median([3, 1, 2, 9])).toBe(2);
  expect(median([])).toBeUndefined();
});
