import type { Finished } from './step.ts';

const SLOWEST = 10;

/** What is printed at the end of a run: steps and seconds, and the slowest tests of all. */
export function summary(finished: readonly Finished[]): string {
  const widest = Math.max(4, ...finished.map(({ name }) => name.length));
  const line = (name: string, ...cells: readonly string[]): string =>
    [name.padEnd(widest), ...cells.map((cell) => cell.padStart(8))].join('');
  const slowest = finished
    .flatMap(({ name: step, tests }) => tests.map((test) => ({ ...test, step })))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, SLOWEST);
  return [
    line('step', 'seconds', 'passed', 'failed'),
    ...finished.map(({ name, seconds, passed, failed }) =>
      line(name, seconds.toFixed(1), String(passed), String(failed)),
    ),
    ...named(
      'Failed:',
      finished.flatMap(({ name: step, failures }) => failures.map(({ name }) => `${step}: ${name}`)),
    ),
    ...(slowest.length > 0 ? ['', 'Slowest tests:'] : []),
    ...slowest.map(({ step, name, seconds }) => `${seconds.toFixed(1).padStart(6)} s  ${step}: ${name}`),
  ].join('\n');
}

/** A heading and its lines, or nothing. */
function named(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? ['', heading, ...lines.map((line) => `  ${line}`)] : [];
}
