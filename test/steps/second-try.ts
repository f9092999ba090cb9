import type { Failure, Finished, Step } from './step.ts';

/** More than these are no accident. */
const FEW = 5;

/**
 * What is heard in time is not heard in time on a machine that other steps keep busy. So a few tests that failed in
 * company are tried once more, alone: what fails again has failed; what passes is counted as passed, and named, for
 * somebody to look at.
 * @param run one step; its result is what counts.
 */
export async function secondTry({
  steps,
  finished,
  run,
}: {
  steps: readonly Step[];
  finished: readonly Finished[];
  run: (step: Step) => Promise<Finished>;
}): Promise<{ finished: readonly Finished[]; alone: readonly string[] }> {
  const alone: string[] = [];
  const judged: Finished[] = [];
  for (const first of finished) {
    const step = steps.find(({ name }) => name === first.name);
    const files = [...new Set(first.failures.flatMap(({ file }) => file ?? []))];
    // A failure without a name, or without a file, cannot be tried again.
    const all =
      first.failures.length === first.failed && first.failures.every(({ file }) => file !== undefined);
    if (!step?.again || !all || first.failed === 0 || first.failed > FEW) {
      judged.push(first);
      continue;
    }
    const { again } = step;
    const second = await run({ ...step, command: (report) => again(report, files) });
    // What could not even be counted has not passed.
    const failures =
      second.failed > second.failures.length ? first.failures : both(first.failures, second.failures);
    alone.push(
      ...first.failures.filter((test) => !failures.includes(test)).map(({ name }) => `${step.name}: ${name}`),
    );
    judged.push({
      ...first,
      passed: first.passed + first.failed - failures.length,
      failed: failures.length,
      failures,
      seconds: first.seconds + second.seconds,
    });
  }
  return { finished: judged, alone };
}

const same = (one: Failure, other: Failure): boolean => one.name === other.name && one.file === other.file;

/** Those of the first try that failed again; and another of their files that fails now has failed too. */
function both(first: readonly Failure[], second: readonly Failure[]): readonly Failure[] {
  return [
    ...first.filter((one) => second.some((other) => same(one, other))),
    ...second.filter((other) => !first.some((one) => same(one, other))),
  ];
}
