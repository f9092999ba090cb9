import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TranslatedVoice } from '../../appliance/channel/translated-voice.ts';
import { strength, tone } from './frame-log.ts';

const FRAME = 60 * 24;
const ASKER = 220;
const GUIDE = 440;

let skipped: string[];
let voice: TranslatedVoice;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  skipped = [];
  voice = new TranslatedVoice({ onSkipped: (sentences) => skipped.push(...sentences) });
});

afterEach(() => {
  vi.useRealTimers();
});

function pull(): { sound: Int16Array; count: number } {
  const sound = new Int16Array(FRAME);
  return { count: voice.pull(sound), sound };
}

test('a translation that is interrupted ends within a frame, without a click, and its captions are marked', () => {
  voice.begin('question');
  voice.push(tone(ASKER, 3_000));
  pull();
  voice.interrupt();
  const { sound, count } = pull();
  expect(count).toBeLessThanOrEqual(10 * 24);
  expect(Math.abs(sound[count - 1] ?? 0)).toBeLessThan(100);
  expect([voice.queuedMs, pull().count, skipped]).toEqual([0, 0, ['question']]);
});

test('what the model still says of it is not heard, and what it says of the guide’s words is', () => {
  voice.push(tone(ASKER, 500));
  voice.interrupt();
  pull();
  vi.advanceTimersByTime(1_000);
  voice.push(tone(ASKER, 500));
  expect(pull().count).toBe(0);
  vi.advanceTimersByTime(1_000);
  voice.push(tone(GUIDE, 500));
  expect(strength(pull().sound, GUIDE)).toBeGreaterThan(0.28);
});

test('an interruption while nothing is heard takes nothing away later', () => {
  voice.interrupt();
  vi.advanceTimersByTime(2_000);
  voice.push(tone(GUIDE, 500));
  expect(strength(pull().sound, GUIDE)).toBeGreaterThan(0.28);
});
