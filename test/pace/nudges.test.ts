import { expect, test } from 'vitest';
import { Nudges } from '../../appliance/pace/nudges.ts';
import type { ChannelDeskView } from '../../appliance/protocol/views.ts';

const channel = (changes: Partial<ChannelDeskView> = {}): ChannelDeskView => ({
  language: 'es',
  state: 'live',
  by: 'model',
  lagMs: 7_000,
  rough: false,
  listeners: 1,
  readers: 0,
  ...changes,
});

/** When a guide who speaks all the time is nudged, s: a look each second, the channels told with each. */
function nudged(
  seconds: number,
  channels: (second: number) => ChannelDeskView[],
  perMinute?: number,
): number[] {
  const nudges = new Nudges();
  return Array.from({ length: seconds }, (_, second) => second).filter((second) => {
    const now = second * 1_000;
    nudges.spoken(now);
    for (const each of channels(second)) nudges.tell(each, now);
    return nudges.due(now, perMinute) !== undefined;
  });
}

test('a language that is far behind for five seconds nudges the guide, and again no sooner than after thirty', () => {
  expect(nudged(70, () => [channel()])).toEqual([5, 35, 65]);
});

test('a lag that comes and goes does not', () => {
  expect(nudged(40, (second) => [channel({ lagMs: second % 5 === 4 ? 5_000 : 9_000 })])).toEqual([]);
});

test.for([{ listeners: 0, readers: 3 }, { state: 'reconnecting' }, { lagMs: 6_000 }] as const)(
  'nobody is asked to wait for %o',
  (changes) => {
    expect(nudged(40, () => [channel(changes)])).toEqual([]);
  },
);

test('a voice at its fastest nudges at once', () => {
  const pace = { lagP50Ms: 0, lagP95Ms: 0, queuedMs: 8_000, tempo: 1.15, skipped: 0 };
  expect(nudged(3, () => [channel({ lagMs: 3_000, pace })])).toEqual([0]);
});

test('more than 160 words a minute do too, whoever listens', () => {
  expect(nudged(40, () => [], 161)).toEqual([0, 30]);
  expect(nudged(40, () => [], 160)).toEqual([]);
});

test('the language that is furthest behind is named', () => {
  const nudges = new Nudges();
  for (const [language, lagMs] of [
    ['fr', 8_000],
    ['ca', 11_000],
    ['es', 7_000],
  ] as const)
    nudges.tell(channel({ language, lagMs }), 0);
  nudges.spoken(5_000);
  expect(nudges.due(5_000, 200)).toEqual({ reason: 'lag', language: 'ca' });
});

test('a language that was taken off the tour is waited for no more', () => {
  const nudges = new Nudges();
  nudges.tell(channel(), 0);
  nudges.keep(['fr']);
  nudges.spoken(10_000);
  expect(nudges.due(10_000, undefined)).toBeUndefined();
});

test('a guide who says nothing is not told to slow down', () => {
  const nudges = new Nudges();
  nudges.spoken(0);
  nudges.tell(channel(), 0);
  expect(nudges.due(10_000, 200)).toBeUndefined();
});
