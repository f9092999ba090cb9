import { expect, test } from 'vitest';
import { PacketOrder } from '../../appliance/microphone/packet-order.ts';

/** What comes out when packets come in this order: their numbers, `-` for one that is missing. */
function through(...numbers: number[]): string {
  const out: string[] = [];
  const order = new PacketOrder({
    onPacket: (payload) => out.push(payload.toString()),
    onMissing: () => out.push('-'),
  });
  for (const number of numbers) order.push(number, Buffer.from(String(number)));
  return out.join(' ');
}

test('packets that come in order go through at once', () => {
  expect(through(7, 8, 9)).toBe('7 8 9');
});

test('packets that overtake one another are put back into order', () => {
  expect(through(1, 3, 2, 4)).toBe('1 2 3 4');
  expect(through(1, 4, 3, 2, 5)).toBe('1 2 3 4 5');
});

test('numbers that wrap go on as if nothing were', () => {
  expect(through(65_534, 65_535, 0, 1)).toBe('65534 65535 0 1');
  expect(through(65_535, 1, 0, 2)).toBe('65535 0 1 2');
  expect(through(65_534, 0, 1, 2)).toBe('65534 - 0 1 2');
});

test('a lost packet is waited for as long as three others, then named missing', () => {
  expect(through(1, 3, 4)).toBe('1');
  expect(through(1, 3, 4, 5)).toBe('1 - 3 4 5');
  expect(through(1, 3, 4, 5, 7, 8, 9)).toBe('1 - 3 4 5 - 7 8 9');
});

test('a packet that comes twice, or after it was given up, is heard once or not at all', () => {
  expect(through(1, 2, 2, 1, 3)).toBe('1 2 3');
  expect(through(1, 3, 3, 3, 2)).toBe('1 2 3');
  expect(through(1, 3, 4, 5, 2, 6)).toBe('1 - 3 4 5 6');
});

test('of a second that is lost only the beginning is filled: the rest of it is past', () => {
  expect(through(1, 50, 51, 52, 53)).toBe('1 - - - - - 50 51 52 53');
});

test('a stream that begins anew is followed', () => {
  expect(through(1, 2, 30_000, 30_001)).toBe('1 2 30000 30001');
  expect(through(30_000, 1, 2)).toBe('30000 1 2');
});
