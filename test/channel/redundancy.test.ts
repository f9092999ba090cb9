import { Red } from 'werift';
import { expect, test } from 'vitest';
import { Redundancy } from '../../appliance/channel/redundancy.ts';

const frame = (timestamp: number, payload: number[], duration = 2880): Parameters<Redundancy['add']>[0] => ({
  payload: Uint8Array.from(payload),
  timestamp,
  duration,
  marker: false,
});

/** What another implementation of RFC 2198 finds inside. */
function blocks(bytes: Uint8Array | undefined): { timestampOffset: number | undefined; bytes: number[] }[] {
  return Red.deSerialize(Buffer.from(bytes ?? [])).blocks.map(({ block, timestampOffset }) => ({
    timestampOffset,
    bytes: [...block],
  }));
}

test('each frame brings the one before it, as RFC 2198 says', () => {
  const redundancy = new Redundancy();
  expect(blocks(redundancy.add(frame(1_000, [1, 2])).redundant)).toEqual([
    { timestampOffset: undefined, bytes: [1, 2] },
  ]);
  const second = redundancy.add(frame(3_880, [3, 4, 5]));
  expect([...second.payload], 'the frame itself stays as it was').toEqual([3, 4, 5]);
  expect(blocks(second.redundant)).toEqual([
    { timestampOffset: 2_880, bytes: [1, 2] },
    { timestampOffset: undefined, bytes: [3, 4, 5] },
  ]);
});

test('after a silence nothing is repeated', () => {
  const redundancy = new Redundancy();
  redundancy.add(frame(1_000, [1]));
  expect(blocks(redundancy.add(frame(90_000, [2])).redundant)).toEqual([
    { timestampOffset: undefined, bytes: [2] },
  ]);
});

test('what would not fit into a packet is not repeated', () => {
  const redundancy = new Redundancy();
  const long = Array.from({ length: 700 }, () => 7);
  redundancy.add(frame(0, long));
  expect(blocks(redundancy.add(frame(2_880, long)).redundant)).toHaveLength(1);
});

test('for who loses two in a row each frame brings the two before it', () => {
  const redundancy = new Redundancy();
  redundancy.add(frame(0, [1, 2], 960));
  expect(blocks(redundancy.add(frame(960, [3, 4, 5])).farther)).toHaveLength(2);
  expect(blocks(redundancy.add(frame(3_840, [6])).farther)).toEqual([
    { timestampOffset: 3_840, bytes: [1, 2] },
    { timestampOffset: 2_880, bytes: [3, 4, 5] },
    { timestampOffset: undefined, bytes: [6] },
  ]);
});

test('of two frames that do not both fit the nearer one is repeated', () => {
  const redundancy = new Redundancy();
  const long = Array.from({ length: 500 }, () => 7);
  redundancy.add(frame(0, long));
  redundancy.add(frame(2_880, long));
  expect(blocks(redundancy.add(frame(5_760, long)).farther)).toHaveLength(2);
});

test('after a silence neither of two is repeated', () => {
  const redundancy = new Redundancy();
  redundancy.add(frame(0, [1]));
  redundancy.add(frame(2_880, [2]));
  redundancy.add(frame(90_000, [3]));
  expect(blocks(redundancy.add(frame(92_880, [4])).farther)).toEqual([
    { timestampOffset: 2_880, bytes: [3] },
    { timestampOffset: undefined, bytes: [4] },
  ]);
});
