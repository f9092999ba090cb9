import { expect, test } from 'vitest';
import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import type { OpusFrame } from '../../appliance/channel/channel.ts';
import { FrameLog, Humming, openFloor, strength, tone } from './frame-log.ts';
import { MODEL, rig, undo } from './interpreted-rig.ts';

/** Whether each frame begins where the one before ends. */
const gapless = (frames: readonly OpusFrame[]): boolean =>
  frames.every((frame, i) => {
    const before = frames[i - 1];
    return !before || frame.timestamp === before.timestamp + before.duration;
  });

const lengths = (frames: readonly OpusFrame[]): number[] => [
  ...new Set(frames.map(({ duration }) => duration / 48)),
];

/** The pitch in each tenth of a second: a click, a gap or a leap would weaken it. */
function pitchThroughout(sound: Int16Array, hz: number): number {
  const tenths = Array.from({ length: Math.floor(sound.length / 2_400) }, (_, i) =>
    strength(sound.subarray(i * 2_400, (i + 1) * 2_400), hz),
  );
  return Math.min(...tenths) / Math.max(...tenths);
}

test("the guide's own voice goes on without a click when its frames become longer, and shorter again", async () => {
  const floor = openFloor();
  const humming = new Humming(floor, 700);
  undo.push(() => humming.stop());
  const channel = new FloorChannel({ language: 'en', floor, onState: () => undefined, onSinkError: fail });
  const log = new FrameLog();
  channel.subscribe(log);
  channel.start();
  undo.push(() => channel.stop());
  await log.received(30);
  for (const level of [4, 3, 5, 2] as const) {
    const { length } = log.frames;
    channel.level = level;
    await log.received(length + 12);
  }
  expect(lengths(log.frames)).toEqual([20, 60, 40]);
  expect(log.frames.at(-1)?.duration).toBe(960);
  expect(gapless(log.frames)).toBe(true);
  expect(log.frames.filter(({ marker }) => marker)).toHaveLength(1);
  // The first half second is left out: there it begins.
  expect(pitchThroughout(log.sound().subarray(12_000), 700)).toBeGreaterThan(0.8);
});

test('a translation goes on without a click, at the pace at which it is spoken', async () => {
  const { channel, log } = rig({ underlay: 'off', frameMs: 20 });
  channel.setSource('live');
  channel.speak(tone(MODEL, 6_000));
  await log.received(20);
  channel.level = 5;
  const { length } = log.frames;
  await log.received(length + 10);
  channel.level = 1;
  await log.received(length + 40);
  expect(lengths(log.frames)).toEqual([20, 60]);
  expect(gapless(log.frames)).toBe(true);
  expect(pitchThroughout(log.sound().subarray(12_000), MODEL)).toBeGreaterThan(0.7);
  const [first, last] = [log.frames[0], log.frames.at(-1)];
  const sounded = ((last?.timestamp ?? 0) - (first?.timestamp ?? 0)) / 48;
  expect(sounded / ((last?.at ?? 0) - (first?.at ?? 0))).toBeGreaterThan(0.5);
});

test('a channel whose frames are long by its setting keeps them at every level, and the last level takes far less', async () => {
  const { channel, log } = rig({ underlay: 'off' });
  channel.setSource('live');
  const bytes: number[] = [];
  channel.speak(tone(MODEL, 20_000));
  for (const level of [1, 2, 4, 5] as const) {
    channel.level = level;
    const from = log.frames.length + 3;
    await log.received(from + 8);
    bytes.push(log.frames.slice(from).reduce((sum, { payload }) => sum + payload.length, 0));
  }
  expect(lengths(log.frames)).toEqual([60]);
  expect(bytes[0] ?? 0).toBeGreaterThan(2 * (bytes[3] ?? Infinity));
});

function fail(error: unknown): never {
  throw error;
}
