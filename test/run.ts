/**
 * `npm test`: everything there is, one after the other, and one line at the end that counts it:
 * `N passed, N failed`. With names as arguments it runs only those: `npm test -- types box`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { describeInstallation, installPrograms } from '../appliance/health/program-installation.ts';
import { BOX_PROGRAMS, checkPrograms, TEST_PROGRAMS } from '../appliance/health/programs.ts';
import { whyNot as whyNoNetworks } from './network/namespaces.ts';

interface Count {
  readonly passed: number;
  readonly failed: number;
}

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Why it cannot run on this machine; nothing when it can. */
  readonly whyNot?: () => string | undefined;
  /** Reads the step's own count; without it the step counts as one. */
  readonly count?: (run: { output: string; report: string }) => Promise<Count | undefined>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');
const scratch = await mkdtemp(join(tmpdir(), 'ubizo-test-'));
process.env['PATH'] = `${BIN}:${process.env['PATH'] ?? ''}`;

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
});

async function countVitest({ report }: { report: string }): Promise<Count | undefined> {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = vitestReport.parse(
    JSON.parse(await readFile(report, 'utf8')),
  );
  // A file that cannot even be loaded has no tests to fail.
  return { passed: numPassedTests, failed: numFailedTests || numFailedTestSuites };
}

function countLastLine({ output }: { output: string }): Promise<Count | undefined> {
  const last = [...output.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1);
  return Promise.resolve(last && { passed: Number(last[1]), failed: Number(last[2]) });
}

const vitest = (project: string): Step => ({
  name: project,
  command: [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(scratch, project)}`,
  ],
  count: countVitest,
});

const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'unused', command: ['knip', '--no-progress'] },
  { name: 'pages', command: ['vite', 'build', '--logLevel', 'warn'] },
  vitest('box'),
  { name: 'components', command: ['web-test-runner'], count: countLastLine },
  vitest('e2e'),
  vitest('benches'),
  { name: 'scripts', command: ['test/firmware-scripts/run'], count: countLastLine },
  { ...vitest('network'), whyNot: whyNoNetworks },
];

async function prepare(): Promise<void> {
  const { missing } = await checkPrograms([...BOX_PROGRAMS, ...TEST_PROGRAMS]);
  const installation = await installPrograms({ missing, onProgress: (line) => console.log(`  ${line}`) });
  for (const line of describeInstallation(installation)) console.log(line);
}

async function run(step: Step): Promise<Count> {
  console.log(`\n── ${step.name}`);
  const began = performance.now();
  const [program = '', ...args] = step.command;
  const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  const own = await step.count?.({ output, report: join(scratch, step.name) }).catch(() => undefined);
  const count = own ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  // Whatever it counted, a step that says it failed has failed.
  const failed = code === 0 ? count.failed : Math.max(1, count.failed);
  console.log(
    `── ${step.name}: ${count.passed} passed, ${failed} failed, ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
  return { passed: count.passed, failed };
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(', ')}. Steps: ${STEPS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
await mkdir(join(ROOT, 'test-results'), { recursive: true });
await prepare();
let passed = 0;
let failed = 0;
const skipped: string[] = [];
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  const reason = step.whyNot?.();
  if (reason !== undefined) {
    console.log(`\n── ${step.name}: skipped, ${reason}`);
    skipped.push(`${step.name} (${reason})`);
    continue;
  }
  const count = await run(step);
  passed += count.passed;
  failed += count.failed;
}
await rm(scratch, { recursive: true, force: true });
if (skipped.length > 0) console.log(`\nSkipped: ${skipped.join(', ')}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
