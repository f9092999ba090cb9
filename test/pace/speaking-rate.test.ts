import { expect, test } from 'vitest';
import { SpeakingRate } from '../../appliance/pace/speaking-rate.ts';

const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

/** What is said in a line that grows by a word at a time, so many a minute, for so many seconds. */
function speak(rate: SpeakingRate, perMinute: number, seconds: number, fromMs = 0): void {
  for (let said = 0; said < (perMinute * seconds) / 60; said++)
    rate.add(
      { id: `line ${Math.floor(said / 12)} of ${fromMs}`, text: words((said % 12) + 1) },
      fromMs + (said * 60_000) / perMinute,
    );
}

test('a line that grows is counted once', () => {
  const rate = new SpeakingRate({ language: 'en' });
  speak(rate, 120, 30);
  expect(rate.perMinute(30_000)).toBeGreaterThan(115);
  expect(rate.perMinute(30_000)).toBeLessThan(125);
});

test('whole sentences, as a simple recogniser writes them, give the same rate', () => {
  const rate = new SpeakingRate({ language: 'en' });
  for (let at = 10; at <= 60; at += 10) rate.add({ id: `${at}`, text: words(25) }, at * 1_000);
  expect(rate.perMinute(60_000)).toBeCloseTo(150);
});

test('nothing is known before twenty seconds have been heard, nor of a guide who is silent', () => {
  const rate = new SpeakingRate({ language: 'en' });
  expect(rate.perMinute(0)).toBeUndefined();
  speak(rate, 200, 19);
  expect(rate.perMinute(19_000)).toBeUndefined();
  speak(rate, 200, 10, 19_000);
  expect(rate.perMinute(29_000)).toBeGreaterThan(160);
  expect(rate.perMinute(60_000)).toBeUndefined();
});

test('words are those of the language, with spaces between them or without', () => {
  const rate = new SpeakingRate({ language: 'ja' });
  rate.add({ id: 'a', text: 'こ' }, 0);
  rate.add({ id: 'b', text: 'これは古い町です。' }, 20_000);
  expect(rate.perMinute(20_000)).toBeGreaterThan(9);
});
