import { expect, test } from 'vitest';
import { SpeechQueue } from '../../appliance/channel/speech-queue.ts';

const word = (ms: number, value = 9_000): Int16Array => new Int16Array(ms * 24).fill(value);

/** Everything that waits, 60 ms at a time. */
function drain(queue: SpeechQueue): number[] {
  const heard: number[] = [];
  const piece = new Int16Array(1_440);
  for (let count = queue.pull(piece); count > 0; count = queue.pull(piece))
    heard.push(...piece.subarray(0, count));
  return heard;
}

test('speech comes out whole and in order, however it was cut', () => {
  const queue = new SpeechQueue();
  const all = Int16Array.from({ length: 10_000 }, (_, i) => i + 1);
  for (const [from, to] of [
    [0, 1],
    [1, 700],
    [700, 700],
    [700, 9_999],
    [9_999, 10_000],
  ] as const)
    // prettier-ignore
    queue.push(all.slice(from, to));
  expect(queue.queuedMs).toBeCloseTo(10_000 / 24);
  expect(drain(queue)).toEqual([...all]);
  expect(queue.queuedMs).toBe(0);
});

test('what is left of a frame is not touched, so that it can be silence', () => {
  const queue = new SpeechQueue();
  queue.push(word(10));
  const piece = new Int16Array(1_440).fill(7);
  expect(queue.pull(piece)).toBe(240);
  expect(piece[239]).toBe(9_000);
  expect(piece[240]).toBe(7);
});

test('while there is too much to say pauses are shortened, and no word is lost', () => {
  const queue = new SpeechQueue({ trimAboveMs: 500, maxMs: 20_000 });
  for (let i = 0; i < 4; i++) {
    queue.push(word(200));
    queue.push(word(400, 20));
  }
  const heard = drain(queue);
  expect(heard.filter((sample) => sample === 9_000)).toHaveLength(4 * 200 * 24);
  const pauses = heard.length / 24 - 800;
  expect(pauses, 'ms of pauses left').toBeLessThan(800);
  expect(pauses).toBeGreaterThan(0);
  expect(queue.droppedMs).toBe(0);
});

test('with time enough pauses stay as they are', () => {
  const queue = new SpeechQueue({ trimAboveMs: 5_000, maxMs: 20_000 });
  for (let i = 0; i < 4; i++) {
    queue.push(word(200));
    queue.push(word(400, 20));
  }
  expect(drain(queue)).toHaveLength(2_400 * 24);
});

test('never more than the bound waits: the oldest gives way, and how much is known', () => {
  const queue = new SpeechQueue({ trimAboveMs: 500, maxMs: 1_000 });
  queue.push(word(800, 1_000));
  queue.push(word(700, 2_000));
  expect(queue.queuedMs).toBe(1_000);
  expect(queue.droppedMs).toBe(500);
  const heard = drain(queue);
  expect(heard[0]).toBe(1_000);
  expect(
    heard.filter((sample) => sample === 2_000),
    'the newest is whole',
  ).toHaveLength(700 * 24);
  queue.push(word(3_000, 3_000));
  expect(queue.queuedMs).toBe(1_000);
  expect(queue.droppedMs).toBe(2_500);
  queue.clear();
  expect(drain(queue)).toEqual([]);
});
