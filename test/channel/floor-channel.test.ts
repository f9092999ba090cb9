import { expect, test } from 'vitest';
import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import type { Floor } from '../../appliance/floor/floor.ts';
import type { FrameMs } from '../../appliance/channel/channel.ts';
import { frequency, rmsDb } from '../microphone/waveform.ts';
import { FrameLog, openFloor, strength, tone } from './frame-log.ts';

interface Rig {
  readonly floor: Floor;
  readonly channel: FloorChannel;
  readonly log: FrameLog;
  readonly states: string[];
  /** Speaks for this many frames, the first captured at `from` ms. */
  readonly speak: (frames: number, from: number) => void;
}

function rig(frameMs: FrameMs = 20): Rig {
  const floor = openFloor();
  const states: string[] = [];
  const channel: FloorChannel = new FloorChannel({
    language: 'en',
    floor,
    frameMs,
    onState: () => states.push(channel.state),
    onSinkError: () => undefined,
  });
  const log = new FrameLog();
  channel.subscribe(log);
  channel.start();
  let at = 0;
  const speak = (frames: number, from: number): void => {
    for (let i = 0; i < frames; i++) {
      floor.hear(tone(440, 20, 0.3, at), from + i * 20);
      at += 480;
    }
  };
  return { floor, channel, log, states, speak };
}

test('the guide’s voice comes out as it went in, every 20 ms', () => {
  const { log, speak } = rig();
  speak(100, 1_000);
  expect(log.frames).toHaveLength(100);
  expect(frequency(log.sound(5))).toBeCloseTo(440, 0);
  log.frames.forEach(({ timestamp, duration, marker }, index) => {
    expect(timestamp).toBe(48_000 + index * 960);
    expect(duration).toBe(960);
    expect(marker, `marker of frame ${index}`).toBe(index === 0);
  });
});

test.for([20, 40, 60] as const)('frames of %d ms carry the same voice', (frameMs) => {
  const { floor, log, speak } = rig(frameMs);
  speak(60, 1_000);
  expect(log.frames).toHaveLength((60 * 20) / frameMs);
  log.frames.forEach(({ timestamp, duration, marker }, index) => {
    expect(timestamp).toBe(48_000 + index * frameMs * 48);
    expect(duration).toBe(frameMs * 48);
    expect(marker).toBe(index === 0);
  });
  expect(log.sound()).toHaveLength(60 * 480);
  expect(frequency(log.sound(5))).toBeCloseTo(440, 0);
  // Cut off within a frame: the last word is heard to its end.
  speak(1, 2_200);
  floor.open = false;
  speak(30, 2_220);
  const end = log.sound((60 * 20) / frameMs);
  expect(strength(end.subarray(0, 480 + 160), 440)).toBeGreaterThan(0.15);
  expect(rmsDb(end.subarray(-480))).toBeLessThan(-50);
  expect(end.length / 24, 'ms of silence sent, at most').toBeLessThanOrEqual(180);
  floor.open = true;
  speak(6, 5_000);
  expect(log.frames.at(-120 / frameMs)).toMatchObject({ marker: true, timestamp: 5_000 * 48 });
});

test('a microphone that is lost within a frame leaves no gap in the next one', () => {
  const { log, speak } = rig(60);
  speak(4, 1_000);
  speak(6, 1_900);
  expect(log.frames.map(({ timestamp }) => timestamp / 48)).toEqual([1_000, 1_060, 1_900, 1_960]);
});

test('nothing is encoded while nobody listens, and who comes then is in time', () => {
  const { channel, floor } = rig();
  const late = new FrameLog();
  const quiet = new FloorChannel({
    language: 'en',
    floor,
    onState: () => undefined,
    onSinkError: () => undefined,
  });
  quiet.start();
  for (let i = 0; i < 10; i++) floor.hear(tone(440, 20), 1_000 + i * 20);
  quiet.subscribe(late);
  floor.hear(tone(440, 20), 1_200);
  expect(late.frames).toMatchObject([{ timestamp: 1_200 * 48 }]);
  expect([channel.state, quiet.state]).toEqual(['live', 'live']);
  quiet.stop();
});

test('in silence nothing is sent, and the first word after it is marked and in time', () => {
  const { floor, log, states, speak } = rig();
  speak(10, 1_000);
  floor.open = false;
  speak(50, 1_200);
  expect(log.frames, 'ten spoken and five that fade out').toHaveLength(15);
  floor.open = true;
  speak(10, 2_200);
  expect(log.frames).toHaveLength(25);
  expect(log.frames.map(({ marker }) => marker).flatMap((marker, index) => (marker ? [index] : []))).toEqual([
    0, 15,
  ]);
  expect(log.frames[15]?.timestamp).toBe(2_200 * 48);
  expect(states).toEqual(['live', 'silent', 'live']);
});

test('a hesitation that is shorter than the fade does not break the stream', () => {
  const { floor, log, states, speak } = rig();
  speak(10, 1_000);
  floor.open = false;
  speak(3, 1_200);
  floor.open = true;
  speak(10, 1_260);
  expect(states).toEqual(['live']);
  expect(log.frames.at(-1)?.timestamp).toBe((1_000 + 22 * 20) * 48);
});

test('a microphone’s jitter does not reach the listener, a real gap does', () => {
  const { floor, log } = rig();
  for (const at of [1_000, 1_035, 1_041, 1_099]) floor.hear(tone(440, 20), at);
  const [first = { timestamp: 0 }] = log.frames;
  expect(log.frames.map(({ timestamp }) => timestamp - first.timestamp)).toEqual([0, 960, 1_920, 2_880]);
  floor.hear(tone(440, 20), 1_500);
  expect(log.frames.at(-1)?.timestamp).toBe(1_500 * 48);
});

test('time never runs backwards, whatever the microphone’s clock does', () => {
  const { floor, log } = rig();
  for (const at of [5_000, 5_020, 1_000, 1_020, 9_000]) floor.hear(tone(440, 20), at);
  const times = log.frames.map(({ timestamp }) => timestamp);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(times.length);
});

test('a stopped channel hears nothing and is silent', () => {
  const { channel, log, speak } = rig();
  speak(3, 1_000);
  channel.stop();
  speak(3, 1_060);
  expect(log.frames).toHaveLength(3);
  expect(channel.state).toBe('silent');
});

test('a listener that fails keeps nobody from hearing', () => {
  const floor = openFloor();
  const errors: unknown[] = [];
  const channel = new FloorChannel({
    language: 'en',
    floor,
    onState: () => undefined,
    onSinkError: (error) => errors.push(error),
  });
  const log = new FrameLog();
  channel.subscribe({
    deliver: () => {
      throw new Error('gone');
    },
  });
  const leave = channel.subscribe(log);
  channel.start();
  floor.hear(tone(440, 20), 1_000);
  expect(log.frames).toHaveLength(1);
  expect(errors).toMatchObject([{ message: 'gone' }]);
  leave();
  floor.hear(tone(440, 20), 1_020);
  expect(log.frames).toHaveLength(1);
});
