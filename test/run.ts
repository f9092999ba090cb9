/**
 * `npm test`: everything there is, side by side where the cores have room, and one line at the end that counts it:
 * `N passed, N failed`. With names as arguments it runs only those: `npm test -- types box`.
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathOfSteps, preparePrograms } from './steps/programs.ts';
import { StepRunner } from './steps/run-step.ts';
import { schedule } from './steps/schedule.ts';
import { secondTry } from './steps/second-try.ts';
import type { Finished } from './steps/step.ts';
import { STEPS } from './steps/steps.ts';
import { summary } from './steps/summary.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const chosen = STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
await mkdir(join(ROOT, 'test-results'), { recursive: true });
const scratch = await mkdtemp(join(tmpdir(), 'ubizo-test-'));
// Tests run programs as others than root too, who must find them in there.
await chmod(scratch, 0o711);
const missing = await preparePrograms();
process.env['PATH'] = await pathOfSteps({
  bin: join(ROOT, 'node_modules/.bin'),
  folder: join(scratch, 'programs'),
});
const refused = chosen.flatMap((step) => {
  const reason = step.whyNot?.();
  return reason === undefined ? [] : [{ step, reason }];
});
const steps = chosen.filter((step) => !refused.some((other) => other.step === step));

const runner = new StepRunner({ scratch, live: steps.length === 1 });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.interrupt(signal));
const finished: Finished[] = [];
await schedule({
  steps,
  cores: availableParallelism(),
  run: async (step) => void finished.push(await runner.run(step)),
});
const judged = await secondTry({ steps, finished, run: (step) => runner.run(step) });
await rm(scratch, { recursive: true, force: true });

console.log(summary(judged.finished));
if (judged.alone.length > 0) {
  console.log(`\nFailed in company and passed alone:\n${judged.alone.map((name) => `  ${name}`).join('\n')}`);
}
if (refused.length > 0) {
  console.log(`\nSkipped: ${refused.map(({ step, reason }) => `${step.name} (${reason})`).join(', ')}`);
}
if (missing.length > 0) console.log(`\nNot installed: ${missing.map(({ name }) => name).join(', ')}`);
const total = (count: 'passed' | 'failed'): number =>
  judged.finished.reduce((sum, step) => sum + step[count], 0);
// What is skipped for want of a program does not pass.
const failed = total('failed') + missing.length;
console.log(`\n${total('passed')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
