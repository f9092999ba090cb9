import { expect, test } from 'vitest';
import { SocketVoice } from '../../appliance/microphone/socket-voice.ts';

const SOUND = new Uint8Array(960);

type Frame = Parameters<SocketVoice['hear']>[0];

async function voice(): Promise<{
  heard: () => number;
  say: (sequence: number, at: number, now: number, change?: Partial<Frame>) => void;
}> {
  let count = 0;
  const made = await SocketVoice.create({
    rate: 24_000,
    onSound: () => count++,
    onMissing: () => count++,
  });
  return {
    heard: () => count,
    /** `at`: when it was captured, on the phone's clock; `now`: on the box's. Both ms. */
    say: (sequence, at, now, change = {}) =>
      made.hear(
        {
          marker: false,
          pcm: true,
          duration: 960,
          sequence,
          timestamp: (at * 48) >>> 0,
          sound: SOUND,
          ...change,
        },
        now,
      ),
  };
}

test('what a network held up is left out, and what is said now is heard', async () => {
  const { heard, say } = await voice();
  for (let i = 0; i < 50; i++) say(i, i * 20, 1_000 + i * 20);
  expect(heard()).toBe(50);
  // Three seconds of it at once, three seconds late.
  for (let i = 50; i < 200; i++) say(i, i * 20, 5_000);
  const burst = heard() - 50;
  expect(burst).toBeLessThanOrEqual(21);
  for (let i = 200; i < 250; i++) say(i, i * 20, 5_000 + (i - 200) * 20);
  expect(heard() - 50 - burst).toBeGreaterThan(40);
});

test('nobody makes the floor run ahead of time', async () => {
  const { heard, say } = await voice();
  for (let i = 0; i < 500; i++) say(i, i, 1_000 + i);
  expect(heard()).toBeLessThanOrEqual(66);
});

test.each([
  ['frames that are longer than they say', 1, { duration: 0 }],
  ['holes that are filled', 2, { duration: 0 }],
  ['what is no Opus', 1, { duration: 0, pcm: false, sound: Uint8Array.of(0x03, 0x3f) }],
])('nor do %s', async (_, step, change) => {
  const { heard, say } = await voice();
  for (let i = 0; i < 500; i++) say((i * step) & 0xff_ff, i, 1_000 + i, change);
  expect(heard()).toBeGreaterThan(0);
  expect(heard()).toBeLessThanOrEqual(67);
});

test('one frame that was left out is filled, a longer hole is not', async () => {
  const { heard, say } = await voice();
  say(1, 20, 1_020);
  say(3, 60, 1_060);
  expect(heard()).toBe(3);
  say(13, 260, 1_260);
  expect(heard()).toBe(4);
});
