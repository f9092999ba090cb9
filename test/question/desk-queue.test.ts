import { expect, test } from 'vitest';
import { DeskQueue } from '../../appliance/question/desk-queue.ts';

test('three a minute come to the desk, the others in order after them, and none is lost', () => {
  const queue = new DeskQueue();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) queue.add(id);
  expect(queue.take(0)).toEqual(['a', 'b', 'c']);
  expect(queue.next(10_000)).toBe(50_000);
  expect(queue.take(59_999)).toEqual([]);
  queue.remove('e');
  expect(queue.take(60_000)).toEqual(['d', 'f', 'g']);
  expect(queue.take(120_000)).toEqual(['h']);
  expect(queue.next(120_000)).toBeUndefined();
});
