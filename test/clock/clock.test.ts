import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Clock, type SeenTimes } from '../../appliance/clock/clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2027, 5, 1, 12);

/** The machine, of which the wall clock may be wrong. */
let wall: number;
let monotonic: number;
let seen: SeenTimes;
let clock: Clock;

beforeEach(() => {
  vi.useFakeTimers();
  wall = NOON;
  monotonic = 500;
  seen = { latestTime: 0, sureTime: 0 };
  boot();
});

afterEach(async () => {
  await clock.stop();
  vi.useRealTimers();
});

function boot(): void {
  clock = new Clock({
    seen: () => seen,
    save: (times) => {
      seen = times;
      return Promise.resolve();
    },
    wall: () => wall,
    monotonic: () => monotonic,
  });
  clock.start();
}

/** Off for a while; the wall clock is whatever it then is. */
async function off(ms: number, { wallAt = wall + ms }: { wallAt?: number } = {}): Promise<void> {
  await clock.stop();
  wall = wallAt;
  monotonic = 500;
  boot();
}

/** As by the plug: what was not saved is not known. */
function cut({ wallAt }: { wallAt: number }): void {
  wall = wallAt;
  monotonic = 500;
  boot();
}

/** Time goes by, as both clocks see it. */
function pass(ms: number): void {
  for (let gone = 0; gone < ms; gone += MINUTE) {
    wall += MINUTE;
    monotonic += MINUTE;
    vi.advanceTimersByTime(MINUTE);
  }
}

const both = (): [number, number] => [clock.now(), clock.sure()];

test('a clock that is right is followed', () => {
  expect(both()).toEqual([NOON, NOON]);
  pass(3 * HOUR);
  expect(both()).toEqual([NOON + 3 * HOUR, NOON + 3 * HOUR]);
  wall += 2 * MINUTE;
  expect(both(), 'set a little forward').toEqual([wall, wall]);
});

test('time does not go back with the clock, but goes on', () => {
  wall -= DAY;
  expect(both()).toEqual([NOON, NOON]);
  pass(HOUR);
  expect(both()).toEqual([NOON + HOUR, NOON + HOUR]);
});

test('after a power cut without a clock’s battery, time goes on from the latest that was seen', () => {
  pass(HOUR);
  cut({ wallAt: 0 });
  expect(clock.now()).toBeGreaterThanOrEqual(NOON + HOUR - 10 * MINUTE);
  expect(clock.now()).toBeLessThanOrEqual(NOON + HOUR);
});

test.each([0, Date.UTC(2099, 0, 1)])('a new box whose clock says %d is in its own time', (wrong) => {
  seen = { latestTime: 0, sureTime: 0 };
  cut({ wallAt: wrong });
  expect(new Date(clock.now()).getUTCFullYear()).toBe(2026);
});

describe('a leap of a day while the box runs', () => {
  test('changes nothing until it has held for an hour', () => {
    wall += DAY;
    expect(both()).toEqual([NOON, NOON]);
    pass(59 * MINUTE);
    expect(clock.now()).toBe(NOON + 59 * MINUTE);
    pass(2 * MINUTE);
    expect(both()).toEqual([wall, wall]);
  });

  test('that is taken back leaves no trace', () => {
    wall += DAY;
    pass(30 * MINUTE);
    wall -= DAY;
    pass(2 * HOUR);
    expect(both()).toEqual([wall, wall]);
    expect(seen.latestTime).toBeLessThanOrEqual(wall);
  });

  test('must hold in one piece', () => {
    for (const _ of [1, 2, 3, 4]) {
      wall += DAY;
      pass(40 * MINUTE);
    }
    expect(clock.now()).toBe(NOON + 160 * MINUTE);
  });
});

describe('a box that was off', () => {
  test('for a night believes its clock at once', async () => {
    await off(14 * HOUR);
    expect(both()).toEqual([NOON + 14 * HOUR, NOON + 14 * HOUR]);
  });

  test('for a month lets tokens expire at once, and deletes an hour later', async () => {
    await off(30 * DAY);
    expect(both()).toEqual([NOON + 30 * DAY, NOON]);
    pass(61 * MINUTE);
    expect(clock.sure()).toBe(wall);
  });

  test('for a month does not delete because it is switched on often', async () => {
    await off(30 * DAY);
    pass(40 * MINUTE);
    await off(0);
    expect(clock.now()).toBe(wall);
    expect(clock.sure()).toBeLessThan(NOON + HOUR);
    expect(clock.now() - clock.sure()).toBeGreaterThan(29 * DAY);
  });

  test('for decades, by its clock, believes that only after a day', async () => {
    await off(0, { wallAt: Date.UTC(2099, 0, 1) });
    pass(2 * HOUR);
    expect(both()).toEqual([NOON + 2 * HOUR, NOON + 2 * HOUR]);
    await off(0, { wallAt: NOON + 5 * HOUR });
    expect(both(), 'and is well when the clock is').toEqual([wall, wall]);
  });
});

test('times that could not be saved are saved a minute later', async () => {
  await clock.stop();
  let full = true;
  clock = new Clock({
    seen: () => seen,
    save: (times) => {
      if (full) return Promise.reject(new Error('full'));
      seen = times;
      return Promise.resolve();
    },
    wall: () => wall,
    monotonic: () => monotonic,
  });
  clock.start();
  await vi.advanceTimersByTimeAsync(0);
  full = false;
  wall += MINUTE;
  monotonic += MINUTE;
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(seen.latestTime).toBe(NOON + MINUTE);
});
