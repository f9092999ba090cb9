import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Bursts } from '../../appliance/shard/bursts.ts';
import type { FrameMessage } from '../../appliance/shard/messages.ts';

/** ms that a packet takes on this clock. */
const PACKET_MS = 0.5;
const LONGEST_MS = 10;

class Phone {
  readonly heard: number[] = [];
  missed = 0;
  /** How old each frame was when it left, ms. */
  readonly ages: number[] = [];
  private readonly takes: () => number;

  constructor(takes: () => number) {
    this.takes = takes;
  }

  deliver({ timestamp, at }: FrameMessage): void {
    this.ages.push(this.takes() - at);
    this.heard.push(timestamp);
  }

  miss(): void {
    this.missed++;
  }
}

const frame = (timestamp: number, at = 0, channel = 1): FrameMessage => ({
  channel,
  payload: new Uint8Array(1),
  timestamp,
  marker: false,
  at,
});

function open(): {
  /** The thread is kept from its work. */
  stall: (ms: number) => void;
  now: () => number;
  bursts: Bursts;
  phones: (count: number) => Set<Phone>;
  sent: number[];
  turns: number[];
} {
  let clock = 0;
  let turn = 0;
  const sent: number[] = [];
  /** How long the thread was held each time. */
  const turns: number[] = [];
  const bursts = new Bursts({
    now: () => clock,
    onBegin: () => {
      turn = turns.push(0) - 1;
    },
    onSent: ({ timestamp }: FrameMessage) => {
      sent.push(timestamp);
    },
  });
  const takes = (): number => {
    clock += PACKET_MS;
    turns[turn] = (turns[turn] ?? 0) + PACKET_MS;
    return clock;
  };
  return {
    now: () => clock,
    stall: (ms) => {
      clock += ms;
    },
    bursts,
    phones: (count) => new Set(Array.from({ length: count }, () => new Phone(takes))),
    sent,
    turns,
  };
}

test('the thread has a turn within every 10 ms of sending, and each phone gets its frames in order', async () => {
  const { bursts, phones, sent, turns } = open();
  const [one, other] = [phones(100), phones(70)];
  bursts.add(frame(1), one);
  bursts.add(frame(2), other);
  bursts.add(frame(3), one);
  expect(sent, 'not at once').toEqual([]);
  expect(bursts.underWay).toBe(true);
  while (bursts.underWay) await setImmediate();
  expect(sent).toEqual([1, 2, 3]);
  for (const { heard } of one) expect(heard).toEqual([1, 3]);
  for (const { heard } of other) expect(heard).toEqual([2]);
  // The clock is looked at every few packets.
  expect(Math.max(...turns)).toBeLessThan(LONGEST_MS + 16 * PACKET_MS);
  expect(bursts.takePackets()).toBe(270);
});

test('a frame to a few has left when the call returns', () => {
  const { bursts, phones, sent } = open();
  bursts.add(frame(1), phones(15));
  expect(sent).toEqual([1]);
  expect(bursts.underWay).toBe(false);
});

test('who leaves before it is their turn gets no packet, and the others do', async () => {
  const { bursts, phones } = open();
  const audience = phones(100);
  const last = [...audience].at(-1);
  bursts.add(frame(1), audience);
  if (last) audience.delete(last);
  while (bursts.underWay) await setImmediate();
  expect(last?.heard).toEqual([]);
  for (const { heard } of audience) expect(heard).toEqual([1]);
});

test('after a stall what is half a second late is left out, of each channel, and what is fresh is sent', () => {
  const { bursts, phones, sent, stall } = open();
  const [one, other] = [phones(1), phones(2)];
  stall(4_050);
  // Two languages' frames that waited meanwhile, every 100 ms.
  for (let at = 0; at <= 4_000; at += 100) {
    bursts.add(frame(at, at, 1), one);
    bursts.add(frame(at, at, 2), other);
  }
  const fresh = [3_600, 3_700, 3_800, 3_900, 4_000];
  expect(sent).toEqual(fresh.flatMap((at) => [at, at]));
  for (const { heard, missed } of [...one, ...other])
    expect({ heard, missed }).toEqual({ heard: fresh, missed: 36 });
  expect(bursts.takeMissed()).toBe(3 * 36);
  expect(bursts.takeMissed(), 'since the last time').toBe(0);
  expect(bursts.takePackets()).toBe(3 * fresh.length);
});

test('a frame that is under way when the thread stalls is left out for those who still wait for it', async () => {
  const { bursts, phones, sent, stall } = open();
  const audience = phones(100);
  bursts.add(frame(1), audience);
  bursts.add(frame(2, 1_100), audience);
  stall(1_100);
  while (bursts.underWay) await setImmediate();
  const [first] = audience;
  const last = [...audience].at(-1);
  expect(first).toMatchObject({ heard: [1, 2], missed: 0 });
  expect(last).toMatchObject({ heard: [2], missed: 1 });
  expect(sent, 'only what has left for all').toEqual([2]);
});

test('a thread that is always slower than its frames come sends what is fresh, and to everyone', async () => {
  const { bursts, phones, sent, stall, now } = open();
  // 50 ms of work for each 20 ms of sound.
  const audience = phones(100);
  let due = 0;
  while (due < 4_000) {
    for (; due <= now(); due += 20) bursts.add(frame(due, due), audience);
    if (bursts.underWay) await setImmediate();
    else stall(due - now());
  }
  expect(sent.length).toBeGreaterThan(50);
  for (const { heard, missed, ages } of audience) {
    expect(heard.length + missed).toBeGreaterThan(150);
    expect(heard.length).toBeGreaterThan(70);
    expect(Math.max(...ages)).toBeLessThan(600);
  }
});

test('of languages that come together the one with fewer phones does not wait for the other', async () => {
  const { bursts, phones, sent } = open();
  const [many, few, fewest] = [phones(100), phones(20), phones(10)];
  bursts.add(frame(1, 0, 1), many);
  bursts.add(frame(2, 3, 2), few);
  bursts.add(frame(3, 5, 3), fewest);
  // What comes later waits, however few hear it: the many would never have their turn.
  bursts.add(frame(4, 60, 3), fewest);
  while (bursts.underWay) await setImmediate();
  expect(sent).toEqual([3, 2, 1, 4]);
  for (const { heard } of many) expect(heard).toEqual([1]);
  for (const { heard } of fewest) expect(heard).toEqual([3, 4]);
});

test('a channel’s frames that are made up for at once keep their order, whoever has joined or left', async () => {
  const { bursts, phones, sent } = open();
  const [many, few] = [phones(100), phones(20)];
  bursts.add(frame(1, 0, 1), many);
  for (const timestamp of [2, 3, 4]) bursts.add(frame(timestamp, 1, 2), few);
  for (const phone of phones(50)) few.add(phone);
  bursts.add(frame(5, 2, 2), phones(1));
  while (bursts.underWay) await setImmediate();
  expect(sent.filter((timestamp) => timestamp > 1)).toEqual([2, 3, 4, 5]);
});
