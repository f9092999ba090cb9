import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Bursts } from '../../appliance/shard/bursts.ts';
import type { FrameMessage } from '../../appliance/shard/messages.ts';

/** ms that a packet takes on this clock. */
const PACKET_MS = 0.5;
const LONGEST_MS = 10;

class Phone {
  readonly heard: number[] = [];
  private readonly takes: () => void;

  constructor(takes: () => void) {
    this.takes = takes;
  }

  deliver({ timestamp }: FrameMessage): void {
    this.takes();
    this.heard.push(timestamp);
  }
}

const frame = (timestamp: number): FrameMessage => ({
  channel: 1,
  payload: new Uint8Array(1),
  timestamp,
  marker: false,
  at: 0,
});

function open(): { bursts: Bursts; phones: (count: number) => Set<Phone>; sent: number[]; turns: number[] } {
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
  const takes = (): void => {
    clock += PACKET_MS;
    turns[turn] = (turns[turn] ?? 0) + PACKET_MS;
  };
  return {
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
