import { expect, test, vi } from 'vitest';
import { noise } from '../microphone/waveform.ts';
import { strength, tone } from './frame-log.ts';
import { GUIDE, guideIn, hum, MODEL, passed, rig } from './interpreted-rig.ts';

test('a model that sends silence while it has nothing to say is not taken to speak', async () => {
  const { floor, channel, log } = rig();
  channel.setSource('live');
  hum(floor);
  for (let i = 0; i < 5; i++) channel.speak(new Int16Array(9_600));
  expect(await guideIn(log), 'the guide is as loud as while one waits').toBeGreaterThan(0.06);
  const before = log.frames.length;
  channel.speak(tone(MODEL, 1_000));
  // Of two seconds of silence that wait, a short pause is left.
  await log.received(before + 16);
  const heard = strength(log.sound(before, before + 16), MODEL);
  expect(heard, 'and what it then says comes after its silence').toBeGreaterThan(0.05);
});

test('nothing is sent for a model’s silence, and its next word is marked and in time', async () => {
  const { channel, log } = rig({ underlay: 'off' });
  channel.setSource('live');
  channel.speak(tone(MODEL, 240));
  channel.speak(new Int16Array(24 * 960));
  channel.speak(tone(MODEL, 240));
  await log.received(5);
  await vi.waitUntil(() => channel.queuedMs === 0, 10_000);
  await passed(200);
  expect(log.frames.length, 'of 24').toBeLessThan(24);
  const [, second] = log.frames.filter(({ marker }) => marker);
  expect(second?.timestamp).toBe((log.frames[0]?.timestamp ?? 0) + (240 + 960) * 48);
  expect(strength(log.sound(log.frames.indexOf(second!)), MODEL)).toBeGreaterThan(0.05);
});

test('a pause between two words of a translation is a pause, not a gap', async () => {
  const { channel, log } = rig({ underlay: 'off' });
  channel.setSource('live');
  channel.speak(tone(MODEL, 240));
  channel.speak(new Int16Array(24 * 420));
  channel.speak(tone(MODEL, 240));
  await log.received(15);
  expect(log.frames.filter(({ marker }) => marker)).toHaveLength(1);
});

test('silence is no translation: the guide is heard in full after eight seconds of it', async () => {
  const { floor, channel, log } = rig();
  channel.setSource('live');
  const gap = noise({ seconds: 1, amplitude: 0.0005 }).subarray(0, 480);
  for (let at = 0; at < 9_000; at += 20) {
    floor.hear(at % 400 < 320 ? tone(GUIDE, 20, 0.3, at * 24) : gap, performance.now());
    if (at % 400 === 0) channel.speak(new Int16Array(240));
  }
  hum(floor);
  const from = log.frames.length;
  expect(await guideIn(log, from)).toBeCloseTo(0.3, 1);
});
