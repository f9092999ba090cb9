import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ofScripts } from './outcomes.ts';
import { StepRunner } from './run-step.ts';
import type { Step } from './step.ts';

let scratch: string;
let runner: StepRunner;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'ubizo-steps-'));
  runner = new StepRunner({ scratch, live: false });
});

afterEach(() => rm(scratch, { recursive: true, force: true }));

const step = (script: string, rest: Partial<Step> = {}): Step => ({
  name: 'example',
  cores: 1,
  command: () => ['sh', '-c', script],
  ...rest,
});

it('a step without a count of its own counts as one', async () => {
  expect(await runner.run(step('true'))).toMatchObject({ passed: 1, failed: 0 });
  expect(await runner.run(step('false'))).toMatchObject({ passed: 0, failed: 1 });
});

const readsThree = () => Promise.resolve({ passed: 3, failed: 0, tests: [], failures: [] });

it('whatever it counted, a step that says that it failed has failed', async () => {
  expect(await runner.run(step('exit 1', { read: readsThree }))).toMatchObject({ passed: 3, failed: 1 });
});

it('a program that is not there is a failure too', async () => {
  const missing = { ...step(''), command: () => ['no-such-program-here'] as const };
  expect(await runner.run(missing)).toMatchObject({ passed: 0, failed: 1 });
});

it('interrupted, a step ends with all that it has started, and no other begins', async () => {
  const running = runner.run(step('sleep 300 & sleep 301'));
  runner.interrupt('SIGTERM');
  // It prints to the same pipe: the step would not be over while a grandchild lives.
  expect(await running).toMatchObject({ failed: 1 });
  expect(await runner.run(step('true'))).toMatchObject({ passed: 0, failed: 1 });
});

it('a step that ends without having counted has failed, and the others go on', async () => {
  expect(await runner.run(step('exit 1', { read: ofScripts }))).toMatchObject({ passed: 0, failed: 1 });
});

it('tests of a step have names and seconds', async () => {
  const said =
    "printf 'ok 1 heat is told in 417ms\\nnot ok 2 cold too in 20ms\\n1 passed, 1 failed\\n'; exit 1";
  expect(await runner.run(step(said, { read: ofScripts }))).toMatchObject({
    passed: 1,
    failed: 1,
    tests: [
      { name: 'heat is told', seconds: 0.417 },
      { name: 'cold too', seconds: 0.02 },
    ],
    failures: [{ name: 'cold too' }],
  });
});
