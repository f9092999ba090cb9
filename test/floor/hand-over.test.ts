import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Floor, type Guest } from '../../appliance/floor/floor.ts';
import { strength, tone } from '../channel/frame-log.ts';

const GUIDE = 440;
const GUEST = 1_300;
const AMPLITUDE = 0.3;

interface Heard {
  readonly samples: Int16Array;
  readonly capturedAt: number;
  readonly blank: boolean;
  readonly voiced: boolean;
}

let floor: Floor;
let heard: Heard[];
let interrupted: number;
/** What the guide's microphone hears; nothing: it is away. */
let microphone: ((frame: number) => Int16Array) | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  floor = new Floor({
    gated: false,
    onListenerError: (error) => {
      throw error;
    },
  });
  floor.open = true;
  heard = [];
  interrupted = 0;
  microphone = hums(GUIDE);
  floor.subscribe(({ samples, ...frame }) => heard.push({ ...frame, samples: samples.slice() }));
  floor.subscribeInterruptions(() => interrupted++);
});

afterEach(() => {
  vi.useRealTimers();
});

function hums(hz: number, amplitude = AMPLITUDE): (frame: number) => Int16Array {
  return (frame) => tone(hz, 20, amplitude, frame * 480);
}

let frame = 0;

/** Time goes on, and the microphone with it: 13 ms beside the box's clock, as devices are. */
function pass(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; frame++) {
    vi.advanceTimersByTime(20);
    const samples = microphone?.(frame);
    if (samples) floor.hear(samples, performance.now() - 7);
  }
}

function guest(hz = GUEST, { bargesIn = true } = {}): Guest & { barged: number } {
  let pulled = 0;
  const made = {
    barged: 0,
    voice: {
      pull: (into: Int16Array) => {
        into.set(tone(hz, 20, AMPLITUDE, pulled++ * 480));
        return true;
      },
    },
    bargesIn: () => bargesIn,
    onBargeIn: () => void made.barged++,
  };
  return made;
}

function sound(frames: readonly Heard[] = heard): Int16Array {
  return Int16Array.from(frames.flatMap(({ samples }) => [...samples]));
}

/** How far apart two samples in a row may be: of a tone, and of the two together. */
const STEEPEST = 2 * Math.PI * ((GUIDE + GUEST) / 24_000) * AMPLITUDE * 32_767 * 1.1;

function steepest(samples: Int16Array): number {
  return samples.reduce(
    (most, sample, i) => Math.max(most, Math.abs(sample - (samples[i - 1] ?? sample))),
    0,
  );
}

function steps(): number[] {
  return heard.slice(1).map(({ capturedAt }, i) => capturedAt - (heard[i]?.capturedAt ?? 0));
}

test('a visitor is heard in the guide’s place and the guide after them, without a gap, a click or both at once', () => {
  pass(200);
  floor.give(guest());
  pass(400);
  floor.takeBack();
  pass(200);
  const [before, during, after] = [heard.slice(0, 10), heard.slice(12, 28), heard.slice(-8)].map(sound);
  expect(strength(before ?? sound(), GUIDE)).toBeGreaterThan(0.28);
  expect(strength(during ?? sound(), GUEST)).toBeGreaterThan(0.28);
  expect(strength(during ?? sound(), GUIDE), 'the guide’s microphone hears the visitor too').toBeLessThan(
    0.01,
  );
  expect(strength(after ?? sound(), GUIDE)).toBeGreaterThan(0.28);
  expect(strength(after ?? sound(), GUEST)).toBeLessThan(0.01);
  expect(steepest(sound())).toBeLessThan(STEEPEST);
  expect(Math.min(...steps()), 'time never stands still').toBeGreaterThan(0);
  expect(Math.max(...steps()), 'and nothing is missing').toBeLessThan(40);
  expect(heard.every(({ blank }) => !blank)).toBe(true);
});

test('a visitor is heard though the guide has no microphone, and then there is silence', () => {
  pass(100);
  microphone = undefined;
  pass(1_000);
  const before = heard.length;
  floor.give(guest());
  pass(400);
  const frames = heard.slice(before);
  expect(frames.length).toBeGreaterThanOrEqual(17);
  expect(strength(sound(frames.slice(1)), GUEST)).toBeGreaterThan(0.28);
  floor.takeBack();
  pass(200);
  const after = heard.length;
  pass(200);
  expect(heard.length).toBe(after);
  expect(steepest(sound(heard.slice(before)))).toBeLessThan(STEEPEST);
});

test('a microphone that dies or comes back while a visitor speaks changes nothing of what is heard', () => {
  pass(100);
  floor.give(guest());
  pass(200);
  microphone = undefined;
  pass(300);
  microphone = hums(GUIDE);
  pass(200);
  floor.takeBack();
  pass(100);
  expect(Math.max(...steps())).toBeLessThan(40);
  expect(steepest(sound())).toBeLessThan(STEEPEST);
  expect(strength(sound(heard.slice(-4)), GUIDE)).toBeGreaterThan(0.28);
});

test('one visitor follows another as smoothly', () => {
  pass(100);
  floor.give(guest());
  pass(200);
  floor.give(guest(900));
  pass(200);
  expect(strength(sound(heard.slice(-8)), 900)).toBeGreaterThan(0.28);
  expect(steepest(sound())).toBeLessThan(STEEPEST);
  expect(Math.max(...steps())).toBeLessThan(40);
});

test('a muted guide is not heard, and who was given the floor is', () => {
  floor.open = false;
  pass(100);
  floor.give(guest());
  expect(floor.open).toBe(true);
  pass(200);
  expect(strength(sound(heard.slice(-8)), GUEST)).toBeGreaterThan(0.28);
  expect(floor.voiced).toBe(true);
  expect(interrupted).toBe(0);
  floor.takeBack();
  pass(100);
  expect(floor.open).toBe(false);
  expect(heard.at(-1)).toMatchObject({ blank: true, voiced: false });
  expect(strength(sound(heard.slice(-3)), GUIDE)).toBeLessThan(0.001);
});

/** Ten seconds ago the guide has spoken; now the place is quiet. */
function quietPlace(): void {
  pass(300);
  microphone = hums(150, 0.001);
  pass(3_000);
}

test('a guide who speaks up has the floor back within 200 ms', () => {
  quietPlace();
  const asker = guest();
  floor.give(asker);
  pass(1_000);
  expect(asker.barged).toBe(0);
  const from = heard.length;
  microphone = hums(GUIDE);
  pass(200);
  expect([asker.barged, interrupted]).toEqual([1, 1]);
  const since = heard.slice(from + 8);
  expect(strength(sound(since), GUEST)).toBeLessThan(0.01);
  expect(strength(sound(since), GUIDE)).toBeGreaterThan(0.28);
  expect(Math.max(...steps())).toBeLessThan(40);
});

test('a guide whose microphone hears the visitor through the air has not spoken up', () => {
  quietPlace();
  const asker = guest();
  floor.give(asker);
  pass(200);
  microphone = hums(GUEST, AMPLITUDE / 8);
  pass(1_400);
  expect(asker.barged).toBe(0);
});

test('a guide of whose loudness nothing is known yet is judged beside the visitor’s own', () => {
  microphone = hums(150, 0.001);
  pass(3_000);
  const asker = guest();
  floor.give(asker);
  pass(200);
  microphone = hums(GUEST, AMPLITUDE / 8);
  pass(400);
  expect(asker.barged).toBe(0);
  microphone = hums(GUIDE);
  pass(200);
  expect(asker.barged).toBe(1);
});

test('where the guide does not barge in, the visitor is heard to the end', () => {
  quietPlace();
  const asker = guest(GUEST, { bargesIn: false });
  floor.give(asker);
  pass(200);
  microphone = hums(GUIDE);
  pass(400);
  expect([asker.barged, interrupted]).toEqual([0, 0]);
  expect(strength(sound(heard.slice(-15)), GUIDE)).toBeLessThan(0.01);
});
