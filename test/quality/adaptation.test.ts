import { expect, test } from 'vitest';
import { LevelControl, type Sample } from '../../appliance/quality/level-control.ts';
import { Repetition } from '../../appliance/quality/repetition.ts';

const heard = (heardLoss: number, packetLoss = heardLoss) => ({
  heardLoss,
  packetLoss,
  silences: 0,
  nothing: false,
  ms: 5_000,
});

/** The same for so long, by reports of five seconds. */
function hear(
  repetition: Repetition,
  what: ReturnType<typeof heard>,
  seconds: number,
  measured = true,
): void {
  for (let i = 0; i < seconds / 5; i++) repetition.take(what, measured);
}

test('packets repeat more as soon as loss is heard', () => {
  const repetition = new Repetition();
  hear(repetition, heard(0.009), 60);
  expect(repetition).toMatchObject({ distance: 1, reason: 'usual' });
  hear(repetition, heard(0.02), 5);
  expect(repetition).toMatchObject({ distance: 2, reason: 'loss' });
});

test('they repeat less after a minute in which nothing was lost, and never while repetition is what mends it', () => {
  const repetition = new Repetition();
  hear(repetition, heard(0.05), 5);
  hear(repetition, heard(0, 0.05), 300);
  expect(repetition.distance, 'lost, and not heard').toBe(2);
  hear(repetition, heard(0), 55);
  expect(repetition.distance).toBe(2);
  hear(repetition, heard(0), 5);
  expect(repetition).toMatchObject({ distance: 1, reason: 'clean' });
  hear(repetition, heard(0), 60);
  expect(repetition.distance).toBe(0);
  hear(repetition, heard(0.002, 0.02), 5);
  expect(repetition, 'it need not be heard first').toMatchObject({ distance: 1, reason: 'loss' });
  hear(repetition, heard(0.001), 60);
  expect(repetition.distance).toBe(0);
  hear(repetition, heard(0.06), 5);
  expect(repetition.distance, 'far too much was missing').toBe(2);
});

test('for players that tell only what was lost one frame is always repeated, and where nothing arrives nothing changes', () => {
  const repetition = new Repetition();
  hear(repetition, heard(0), 600, false);
  expect(repetition.distance).toBe(1);
  repetition.take({ ...heard(0), packetLoss: 1, nothing: true }, true);
  expect(repetition.distance).toBe(1);
});

/** So many phones that hear alike, for so long, looked at every five seconds. @returns when it is by then */
function look(control: LevelControl, samples: readonly Sample[], seconds: number, from = 0): number {
  const until = from + seconds * 1_000;
  for (let now = from; now < until; now += 5_000) control.look(samples, samples.length, now);
  return until;
}

const phones = (count: number, heardLoss: number): Sample[] =>
  Array.from({ length: count }, () => ({ heardLoss, packetLoss: heardLoss }));

test('a channel is sent with less once the median of its listeners has missed something for ten seconds', () => {
  const control = new LevelControl();
  look(control, [...phones(2, 0.3), ...phones(3, 0)], 30);
  expect(control, 'two behind a wall are not the channel').toMatchObject({ level: 2, reason: 'usual' });
  look(control, phones(5, 0.02), 10, 30_000);
  expect(control.level, 'not long enough').toBe(2);
  look(control, phones(5, 0.02), 5, 40_000);
  expect(control).toMatchObject({ level: 3, reason: 'loss' });
  look(control, phones(5, 0.1), 15, 45_000);
  expect(control.level).toBe(5);
});

test('few phones, or a small part of them, are no ground', () => {
  const few = new LevelControl();
  look(few, phones(2, 0.2), 60);
  expect(few.level).toBe(2);
  const part = new LevelControl();
  for (let now = 0; now < 60_000; now += 5_000) part.look(phones(4, 0.2), 40, now);
  expect(part.level).toBe(2);
});

test('it is sent with more after a clean minute, and after each time that this was too much it waits twice as long', () => {
  const control = new LevelControl();
  let now = look(control, phones(5, 0), 65);
  expect(control).toMatchObject({ level: 1, reason: 'clean' });
  now = look(control, phones(5, 0.02), 15, now);
  expect(control.level).toBe(2);
  now = look(control, phones(5, 0), 100, now);
  expect(control.level).toBe(2);
  now = look(control, phones(5, 0), 25, now);
  expect(control.level).toBe(1);
});

test('a channel that too few tell of is as it began after a minute', () => {
  const control = new LevelControl();
  const now = look(control, phones(5, 0.2), 15);
  expect(control.level).toBe(4);
  const then = look(control, [], 60, now);
  expect(control.level).toBe(4);
  look(control, [], 5, then);
  expect(control).toMatchObject({ level: 2, reason: 'usual' });
});
