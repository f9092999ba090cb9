/**
 * `npm test`: everything there is, side by side where the cores have room, and one line at the end that counts it:
 * `N passed, N failed`. With names as arguments it runs only those: `npm test -- types box`.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeInstallation, installPrograms } from '../appliance/health/program-installation.ts';
import { BOX_PROGRAMS, checkPrograms, TEST_PROGRAMS } from '../appliance/health/programs.ts';
import { StepRunner } from './steps/run-step.ts';
import { schedule } from './steps/schedule.ts';
import type { Finished } from './steps/step.ts';
import { STEPS } from './steps/steps.ts';
import { summary } from './steps/summary.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

async function prepare(): Promise<void> {
  process.env['PATH'] = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
  await mkdir(join(ROOT, 'test-results'), { recursive: true });
  const { missing } = await checkPrograms([...BOX_PROGRAMS, ...TEST_PROGRAMS]);
  const installation = await installPrograms({ missing, onProgress: (line) => console.log(`  ${line}`) });
  for (const line of describeInstallation(installation)) console.log(line);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
await prepare();
const refused = chosen.flatMap((step) => {
  const reason = step.whyNot?.();
  return reason === undefined ? [] : [{ step, reason }];
});
const steps = chosen.filter((step) => !refused.some((other) => other.step === step));

const scratch = await mkdtemp(join(tmpdir(), 'ubizo-test-'));
const runner = new StepRunner({ scratch, live: steps.length === 1 });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.interrupt(signal));
const finished: Finished[] = [];
await schedule({
  steps,
  cores: availableParallelism(),
  run: async (step) => void finished.push(await runner.run(step)),
});
await rm(scratch, { recursive: true, force: true });

console.log(summary(finished));
if (refused.length > 0) {
  console.log(`\nSkipped: ${refused.map(({ step, reason }) => `${step.name} (${reason})`).join(', ')}`);
}
const total = (count: 'passed' | 'failed'): number => finished.reduce((sum, step) => sum + step[count], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') > 0 ? 1 : 0);
