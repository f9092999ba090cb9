import { expect, test } from 'vitest';
import { SpeechQueue } from '../../appliance/channel/speech-queue.ts';

const LOUD = 9_000;
const AS_SPOKEN = { hurried: false, lost: false };
const LOST = { hurried: true, lost: true };
const word = (ms: number, value = LOUD): Int16Array => new Int16Array(ms * 24).fill(value);
const pause = (ms: number): Int16Array => word(ms, 20);

/** Everything that waits, 60 ms at a time. */
function drain(queue: SpeechQueue, hurried = false): number[] {
  const heard: number[] = [];
  const piece = new Int16Array(1_440);
  for (;;) {
    const count = queue.pull(piece, 0, piece.length, { hurried, lost: false });
    if (count === 0) return heard;
    heard.push(...piece.subarray(0, count));
  }
}

/** How long each sound and each pause is, ms, the first a sound. */
function lengths(heard: readonly number[]): number[] {
  const found: number[] = [];
  let from = 0;
  for (let at = 1; at <= heard.length; at++) {
    if (at < heard.length && (heard[at] ?? 0) > 160 === (heard[from] ?? 0) > 160) continue;
    found.push((at - from) / 24);
    from = at;
  }
  return found;
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

test('much that waits comes out whole too, also when some was heard in between', () => {
  const queue = new SpeechQueue();
  const piece = new Int16Array(1_001);
  const heard: number[] = [];
  let said = 0;
  for (let round = 0; round < 40; round++) {
    queue.push(Int16Array.from({ length: 12_345 }, () => (++said % 30_000) + 1));
    heard.push(...piece.subarray(0, queue.pull(piece, 0, piece.length, AS_SPOKEN)));
  }
  const all = [...heard, ...drain(queue)];
  expect(all).toHaveLength(said);
  expect(all.findIndex((sample, at) => sample !== ((at + 1) % 30_000) + 1)).toBe(-1);
});

test('what is left of a frame is not touched, so that it can be silence', () => {
  const queue = new SpeechQueue();
  queue.push(word(10));
  const piece = new Int16Array(1_440).fill(7);
  expect(queue.pull(piece, 0, piece.length, AS_SPOKEN)).toBe(240);
  expect(piece[239]).toBe(LOUD);
  expect(piece[240]).toBe(7);
});

test('in a hurry pauses of more than 250 ms last 150, shorter ones stay, and no word is touched', () => {
  const left: number[] = [];
  const queue = new SpeechQueue({ onLeftOut: ({ from, to }) => left.push((to - from) / 24) });
  for (const ms of [240, 260, 1_000, 100]) {
    queue.push(word(200));
    queue.push(pause(ms));
  }
  queue.push(word(200));
  expect(lengths(drain(queue, true))).toEqual([200, 240, 200, 150, 200, 150, 200, 100, 200]);
  expect(left).toEqual([110, 850]);
});

test('a pause that is still going on does not keep what comes after it waiting', () => {
  const queue = new SpeechQueue();
  const heard: number[] = [];
  queue.push(word(200));
  for (let i = 0; i < 10; i++) queue.push(pause(200));
  heard.push(...drain(queue, true));
  queue.push(word(200));
  heard.push(...drain(queue, true));
  const [, paused = 0] = lengths(heard);
  expect(paused).toBe(150);
});

test('with time enough pauses stay as they are', () => {
  const queue = new SpeechQueue();
  for (let i = 0; i < 4; i++) {
    queue.push(word(200));
    queue.push(pause(400));
  }
  expect(drain(queue)).toHaveLength(2_400 * 24);
});

test('the beginning of each piece is told when it is heard, and of what is left out never', () => {
  const queue = new SpeechQueue();
  const told: string[] = [];
  queue.push(word(100), () => told.push('first'));
  queue.push(word(3_000), () => told.push('second'));
  const piece = new Int16Array(100 * 24);
  queue.pull(piece, 0, piece.length, AS_SPOKEN);
  expect(told).toEqual(['first']);
  queue.clear();
  queue.push(word(100), () => told.push('third'));
  drain(queue);
  expect(told).toEqual(['first', 'third']);
});

/** Three sentences of two words each; `tells`: their captions come with them. */
function threeSentences(queue: SpeechQueue, { tells }: { tells: boolean }): void {
  for (const sentence of ['one', 'two', 'three']) {
    if (tells) queue.begin(sentence);
    queue.push(word(1_000));
    queue.push(pause(100));
    queue.push(word(1_000));
    queue.push(pause(500));
  }
}

test.for([true, false])('it goes on to the newest sentence only from a pause (captions: %s)', (tells) => {
  const skipped: (readonly string[])[] = [];
  const queue = new SpeechQueue({ onSkipped: (sentences) => skipped.push(sentences) });
  threeSentences(queue, { tells });
  const piece = new Int16Array(10_000 * 24);
  const heard = queue.pull(piece, 0, piece.length, LOST);
  expect(skipped).toEqual([tells ? ['two'] : []]);
  expect(lengths([...piece.subarray(0, heard)]), 'not in the stop between two words').toEqual([
    1_000, 100, 1_000, 80,
  ]);
  expect(lengths(drain(queue))).toEqual([70, 1_000, 100, 1_000, 500]);
});

test('where no sentence begins nothing is left out', () => {
  const queue = new SpeechQueue();
  queue.begin('endless');
  for (let i = 0; i < 10; i++) {
    queue.push(word(1_000));
    queue.push(pause(150));
  }
  const piece = new Int16Array(20_000 * 24);
  expect(queue.pull(piece, 0, piece.length, LOST)).toBe(10 * 1_150 * 24);
});

test('never more than the bound waits: the oldest gives way, and how much is known', () => {
  const queue = new SpeechQueue({ maxMs: 1_000 });
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
