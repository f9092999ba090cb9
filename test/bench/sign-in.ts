/**
 * What does a sign-in cost, and does the guide's voice wait for it? `npm run bench:sign-in`, `-- --short` to see that it works. Prints a table, and at
 * last one line of JSON. docs/benchmarks.md says what exactly is done.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BoxProcess } from '../box-process.ts';
import { figuresOf } from './latency/figures.ts';
import { freshPages, readBenchOptions } from './prepare.ts';
import { FloorEar } from './sign-in/floor-ear.ts';
import { People } from './sign-in/people.ts';

const { short } = readBenchOptions({});
const AT_ONCE = short ? 3 : 20;
const ONE_BY_ONE = short ? 3 : 40;
const ROUNDS = short ? 1 : 10;
const QUIET_MS = short ? 1_000 : 20_000;
const TICKS_PER_SECOND = 100;

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

await freshPages();
const load = loadavg()[0] ?? NaN;
const data = await mkdtemp(join(tmpdir(), 'ubizo-sign-in-'));
const box = await BoxProcess.start({
  UBIZO_DATA: data,
  UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
  UBIZO_LOG: 'silent',
});

/** Of all its threads, ms. */
function processorTime(): number {
  const fields = readFileSync(`/proc/${box.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1_000;
}

function useCores(cores: string): void {
  execFileSync('taskset', ['-acp', cores, String(box.pid)], { stdio: 'ignore' });
}

/** To a tenth of a millisecond. */
const more = (busy: number, quiet: number): number => Math.max(0, Math.round((busy - quiet) * 10) / 10);

const figures = (values: readonly number[]): { p50: number; p99: number; worst: number } => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? NaN) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), worst: at(1) };
};

try {
  const people = new People({ box, count: AT_ONCE });
  const owner = await people.begin();

  useCores('0');
  const spent = processorTime();
  const alone: number[] = [];
  for (let turn = 0; turn < ONE_BY_ONE; turn++) alone.push(await people.signIn(turn % AT_ONCE));
  const cpuMs = Math.round((processorTime() - spent) / ONE_BY_ONE);
  useCores(`0-${cpus().length - 1}`);

  const ear = new FloorEar();
  await ear.open(box, owner);
  await pause(2_000);
  const quietFrom = performance.now();
  await pause(QUIET_MS);
  const quietTo = performance.now();
  const took: number[] = [];
  const late: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    took.push(...(await people.allAtOnce()));
    const to = performance.now();
    await pause(500);
    late.push(...ear.lateness(from, to + 100));
  }
  const quiet = figures(ear.lateness(quietFrom, quietTo));
  const busy = figures(late);
  await ear.close();

  const { p50, p95 } = figuresOf(alone);
  const all = figuresOf(took);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, load at the start ${load.toFixed(2)}`);
  console.log(
    `one sign-in, the box on one core:  ${p50} ms (p50), ${p95} ms (p95), ${cpuMs} ms of the processor`,
  );
  console.log(`one of ${AT_ONCE} at once:                ${all.p50} ms (p50), ${all.p95} ms (p95)`);
  console.log(
    `floor late, nobody signs in:       ${quiet.p50} / ${quiet.p99} / ${quiet.worst} ms (p50 / p99 / worst)`,
  );
  console.log(
    `floor late, ${AT_ONCE} at once:           ${busy.p50} / ${busy.p99} / ${busy.worst} ms, ${late.length} packets`,
  );
  console.log(
    JSON.stringify({
      signInMs: { p50, p95, cpu: cpuMs },
      atOnceMs: all,
      floorLateMs: { quiet, busy },
      laterMs: { p99: more(busy.p99, quiet.p99), worst: more(busy.worst, quiet.worst) },
    }),
  );
} finally {
  await box.stop();
  await rm(data, { recursive: true, force: true });
}
