import { expect, it } from 'vitest';
import { secondTry } from './second-try.ts';
import type { Failure, Finished, Step } from './step.ts';

const failure = (name: string): Failure => ({ name, file: `${name}.test.ts` });
const result = (failures: readonly Failure[], passed = 10): Finished => ({
  name: 'example',
  seconds: 1,
  passed,
  failed: failures.length,
  tests: [],
  failures,
});
const tried: string[][] = [];
const step: Step = {
  name: 'example',
  cores: 1,
  command: () => ['all'],
  again: (report, files) => ['some', report, ...files],
};
const judge = (first: Finished, second: Finished) => {
  tried.length = 0;
  return secondTry({
    steps: [step],
    finished: [first],
    run: (step) => {
      tried.push([...step.command('report')]);
      return Promise.resolve(second);
    },
  });
};

it('what failed in company and passes alone has passed, and is named', async () => {
  expect(await judge(result([failure('late')]), result([], 3))).toMatchObject({
    finished: [{ passed: 11, failed: 0, failures: [] }],
    alone: ['example: late'],
  });
  expect(tried).toEqual([['some', 'report', 'late.test.ts']]);
});

it('what fails again has failed', async () => {
  const failures = [failure('broken'), failure('late')];
  expect(await judge(result(failures), result([failure('broken')]))).toMatchObject({
    finished: [{ passed: 11, failed: 1, failures: [{ name: 'broken' }] }],
    alone: ['example: late'],
  });
});

it('a second try that ends without a count changes nothing', async () => {
  const uncounted = { ...result([]), failed: 1 };
  expect(await judge(result([failure('late')]), uncounted)).toMatchObject({
    finished: [{ passed: 10, failed: 1 }],
    alone: [],
  });
});

it('many failures are no accident, and one without a name cannot be tried again', async () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f'].map(failure);
  expect(await judge(result(many), result([]))).toMatchObject({ finished: [{ failed: 6 }] });
  expect(await judge({ ...result([]), failed: 1 }, result([]))).toMatchObject({ finished: [{ failed: 1 }] });
  expect(tried).toEqual([]);
});
