import { expect, it } from 'vitest';
import { schedule } from './schedule.ts';

interface Load {
  readonly name: string;
  readonly cores: number;
  readonly after?: readonly string[];
}

/** A run whose steps end when they are told to. */
class Run {
  readonly running = new Set<string>();
  readonly ended: Promise<void>;
  private readonly ends = new Map<string, () => void>();

  constructor(cores: number, steps: readonly Load[]) {
    this.ended = schedule({
      steps,
      cores,
      run: async ({ name }) => {
        this.running.add(name);
        await new Promise<void>((resolve) => this.ends.set(name, resolve));
        this.running.delete(name);
      },
    });
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)?.();
    await expect.poll(() => this.running.has(name)).toBe(false);
    // What follows it begins in the same turn.
    await new Promise(setImmediate);
  }
}

it('steps run side by side as far as the cores have room, and a small one passes a large one', async () => {
  const run = new Run(2, [
    { name: 'large', cores: 1.5 },
    { name: 'larger', cores: 2 },
    { name: 'small', cores: 0.5 },
  ]);
  expect([...run.running]).toEqual(['large', 'small']);
  await run.end('small');
  expect([...run.running]).toEqual(['large']);
  await run.end('large');
  expect([...run.running]).toEqual(['larger']);
  await run.end('larger');
  await run.ended;
});

it('a step waits for what it comes after, where that runs at all', async () => {
  const run = new Run(4, [
    { name: 'pages', cores: 1 },
    { name: 'visit', cores: 1, after: ['pages', 'another'] },
  ]);
  expect([...run.running]).toEqual(['pages']);
  await run.end('pages');
  expect([...run.running]).toEqual(['visit']);
  await run.end('visit');
  await run.ended;
});

it('what needs more cores than there are runs alone', async () => {
  const run = new Run(1, [
    { name: 'first', cores: 2 },
    { name: 'second', cores: 2 },
  ]);
  expect([...run.running]).toEqual(['first']);
  await run.end('first');
  expect([...run.running]).toEqual(['second']);
  await run.end('second');
  await run.ended;
});

it('steps that wait for each other are an error, not a run without an end', async () => {
  const steps = [
    { name: 'hen', cores: 1, after: ['egg'] },
    { name: 'egg', cores: 1, after: ['hen'] },
  ];
  await expect(schedule({ steps, cores: 2, run: () => Promise.resolve() })).rejects.toThrow(/hen, egg/);
});
