import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameSink } from '../../appliance/channel/channel.ts';
import { type SteadyFrame, SteadyFrames } from '../../appliance/stream/steady-frames.ts';

const SECOND = 48_000;

describe('a channel as a stream without gaps', () => {
  let now = 10 * SECOND;
  let sink: FrameSink;
  let frames: SteadyFrame[];
  let steady: SteadyFrames;

  beforeEach(() => {
    vi.useFakeTimers();
    now = 10 * SECOND;
    frames = [];
    steady = new SteadyFrames({ tell: (frame) => frames.push(frame), now: () => now });
    steady.start({
      subscribe: (given) => {
        sink = given;
        return () => undefined;
      },
    });
  });

  afterEach(() => {
    steady.stop();
    vi.useRealTimers();
  });

  const pass = (ms: number): void => {
    now += ms * 48;
    vi.advanceTimersByTime(ms);
  };

  const speak = (timestamp: number): void =>
    sink.deliver({ payload: Uint8Array.of(8, 1, 2), timestamp, duration: 960, marker: false });

  const lasting = (): number => frames.reduce((sum, { duration }) => sum + duration, 0);

  it('is silence for as long as nothing is said, and no longer', () => {
    pass(10_000);
    expect(lasting()).toBe(10 * SECOND);
  });

  it('holds each frame at its time', () => {
    for (let at = 0; at < 5; at++) {
      pass(1_000);
      speak(now - 960);
    }
    pass(300);
    const spoken = frames.flatMap(({ payload }, index) =>
      payload.length === 3 && payload[0] === 8 ? [index] : [],
    );
    expect(spoken.map((index, at) => index - (spoken[0] ?? 0) - at * 50)).toEqual([0, 0, 0, 0, 0]);
    expect(lasting()).toBe(5 * SECOND + 300 * 48);
  });

  it('keeps what comes late, and is on time again after the next pause', () => {
    pass(1_000);
    for (let at = 0; at < 50; at++) speak(now - SECOND + at * 960);
    expect(frames.filter(({ payload }) => payload[0] === 8)).toHaveLength(50);
    pass(3_000);
    expect(lasting()).toBe(4 * SECOND);
  });
});
