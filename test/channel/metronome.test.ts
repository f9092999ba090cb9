import { expect, test } from 'vitest';
import { Metronome } from '../../appliance/channel/metronome.ts';

interface Ticks {
  readonly metronome: Metronome;
  readonly dues: number[];
  readonly ats: number[];
  readonly count: (wanted: number) => Promise<void>;
}

function ticking(periodMs: number, forgiveMs?: number): Ticks {
  const dues: number[] = [];
  const ats: number[] = [];
  let reached: (() => void) | undefined;
  let target = Infinity;
  const metronome = new Metronome({
    periodMs,
    ...(forgiveMs !== undefined && { forgiveMs }),
    tick: (due) => {
      dues.push(due);
      ats.push(performance.now());
      if (dues.length >= target) reached?.();
    },
  });
  const count = (wanted: number): Promise<void> => {
    target = wanted;
    return new Promise((resolve) => {
      reached = resolve;
    });
  };
  return { metronome, dues, ats, count };
}

/** Holds up the event loop, as a busy box would. */
function stall(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('it does not drift: every tick is due a whole number of periods after the first', async () => {
  // Held up for long by others on this machine it would leave out ticks, which is another matter.
  const { metronome, dues, ats, count } = ticking(10, 60_000);
  metronome.start();
  await count(40);
  metronome.stop();
  dues.forEach((due, index) => {
    expect(due - (dues[0] ?? 0)).toBeCloseTo(index * 10, 6);
    expect(ats[index], `tick ${index} is not early`).toBeGreaterThanOrEqual(due - 1);
  });
});

test('after a stall what was missed is made up for at once', async () => {
  const { metronome, dues, count } = ticking(10, 60_000);
  metronome.start();
  await count(3);
  const before = dues.length;
  stall(200);
  await count(before + 1);
  // All in the same turn: nothing else has run since the first of them.
  expect(dues.length - before).toBeGreaterThanOrEqual(15);
  metronome.stop();
  expect(dues.at(-1)! - dues[0]!).toBeCloseTo((dues.length - 1) * 10, 6);
});

test('after a long stall it does not flood: the missed ticks are left out', async () => {
  const { metronome, dues, count } = ticking(10, 100);
  metronome.start();
  await count(3);
  const before = dues.length;
  stall(300);
  await count(before + 3);
  metronome.stop();
  expect(dues[before]! - dues[before - 1]!, 'nothing is made up for').toBeGreaterThan(200);
  for (const [i, due] of dues.slice(before + 1).entries())
    expect(due - dues[before + i]!, 'and from then on it is in step').toBeGreaterThan(9.9);
});

test('stopped in the middle of catching up it stays stopped, and can be started again', async () => {
  let ticks = 0;
  const stopped = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const metronome: Metronome = new Metronome({
    periodMs: 5,
    tick: () => {
      ticks++;
      if (ticks === 2) stall(50);
      if (ticks === 3) {
        metronome.stop();
        stopped.resolve();
      }
      if (ticks === 4) done.resolve();
    },
  });
  metronome.start();
  metronome.start();
  await stopped.promise;
  // Ten periods in which nothing comes.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ticks).toBe(3);
  expect(metronome.running).toBe(false);
  metronome.start();
  await done.promise;
  metronome.stop();
});
