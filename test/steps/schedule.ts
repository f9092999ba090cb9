import type { Step } from './step.ts';

type Load = Pick<Step, 'name' | 'cores' | 'after'>;

/**
 * Runs steps side by side: each starts, in their order, as soon as what it comes after has ended and the cores have room
 * for it. What needs more than there is runs when nothing else does.
 * @param cores of the machine. @param run one step; the schedule ends at the first that throws.
 */
export async function schedule<S extends Load>({
  steps,
  cores,
  run,
}: {
  steps: readonly S[];
  cores: number;
  run: (step: S) => Promise<void>;
}): Promise<void> {
  const open = new Set(steps.map(({ name }) => name));
  const waiting = [...steps];
  const running = new Map<S, Promise<void>>();
  const end = async (step: S): Promise<void> => {
    await run(step);
    open.delete(step.name);
    running.delete(step);
  };
  while (open.size > 0) {
    const room = cores - [...running.keys()].reduce((sum, step) => sum + step.cores, 0);
    const next = waiting.find(
      ({ cores, after = [] }) =>
        (running.size === 0 || cores <= room + Number.EPSILON * 8) && !after.some((name) => open.has(name)),
    );
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      running.set(next, end(next));
    } else if (running.size === 0) {
      throw new Error(`Steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}.`);
    } else {
      await Promise.race(running.values());
    }
  }
}
