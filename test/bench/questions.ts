/**
 * Do questions and votes of a full coach hold up anything? `npm run bench:questions`, `-- --short` to see that it works. Prints a
 * table, and at last one line of JSON. docs/benchmarks.md says what exactly is done.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { USUAL_ASKING } from '../../appliance/protocol/asking.ts';
import { BoxProcess } from '../box-process.ts';
import { launchBrowser } from '../browser.ts';
import { cpuMs } from './fanout/process-figures.ts';
import { figuresOf } from './latency/figures.ts';
import { freshPages, readBenchOptions } from './prepare.ts';
import { BargeIns } from './questions/barge-in.ts';
import { OpenDesk } from './questions/open-desk.ts';
import { Visitor } from './questions/visitor.ts';
import { FloorEar } from './sign-in/floor-ear.ts';

const { short } = readBenchOptions({});
const VISITORS = short ? 4 : 40;
/** Each visitor asks so often, and takes back all but the first. */
const ROUNDS = short ? 2 : 5;
const VOTES = short ? 40 : 2_000;
/** As often as one visitor may ask for the floor in a minute. */
const BARGE_INS = short ? 2 : 12;
const SPAN_MS = short ? 4_000 : 60_000;
const LANGUAGES = ['es', 'fr', 'de', 'ja'];

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

await freshPages();
const load = loadavg()[0] ?? NaN;
const data = await mkdtemp(join(tmpdir(), 'ubizo-questions-'));
const box = await BoxProcess.start({
  UBIZO_DATA: data,
  UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
  UBIZO_LOG: 'silent',
});

const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(0.99 * values.length) - 1] ?? NaN;
const tenth = (value: number): number => Math.round(value * 10) / 10;

/** What happens meanwhile: how late the floor is, ms, and how much of a core the box takes, per cent. */
async function measure(ear: FloorEar, act: () => Promise<unknown>): Promise<{ late: number; cpu: number }> {
  const [from, used] = [performance.now(), cpuMs(box.pid)];
  await act();
  const to = performance.now();
  const cpu = ((cpuMs(box.pid) - used) / (to - from)) * 100;
  return { late: tenth(p99(ear.lateness(from, to))), cpu: tenth(cpu) };
}

/** Evenly over the time. */
async function spread(count: number, act: (turn: number) => unknown): Promise<void> {
  const began = performance.now();
  for (let turn = 0; turn < count; turn++) {
    await pause(Math.max(0, began + (turn * SPAN_MS) / count - performance.now()));
    await act(turn);
  }
}

/** On a box of its own, whose guide speaks into a phone. */
async function measureBargeIns(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ubizo-barge-in-'));
  const quiet = { UBIZO_MICROPHONE: 'none', UBIZO_INTERPRETER: 'none', UBIZO_LOG: 'silent' };
  const own = await BoxProcess.start({ UBIZO_DATA: folder, UBIZO_NOISE_GATE: 'off', ...quiet });
  const browser = await launchBrowser();
  try {
    const bargeIns = await BargeIns.prepare(own, browser);
    const ms: number[] = [];
    while (ms.length < BARGE_INS) ms.push(await bargeIns.once());
    await bargeIns.close();
    return ms;
  } finally {
    await browser.close();
    await own.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  const bargeIns = figuresOf(await measureBargeIns());
  const ear = new FloorEar();
  const tour = await ear.open(box, box.guideCookie, LANGUAGES);
  const asking = { ...USUAL_ASKING, to: 'all' };
  await box.call(`/api/tours/${tour.id}`, { method: 'PATCH', body: { asking } });
  const desk = await OpenDesk.open(box, tour.id);
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, (_, n) => Visitor.come(box, tour.code, LANGUAGES[n % 4] ?? 'es')),
  );
  await pause(2_000);
  const quiet = await measure(ear, () => pause(SPAN_MS / 2));

  let asked = 0;
  let voted = 0;
  const ask = async (turn: number): Promise<void> => {
    const visitor = visitors[turn % VISITORS];
    // The first ones call for help: these come to the desk at once, and stay there to be voted for.
    const isFirst = turn < VISITORS;
    const id = await visitor?.ask(`How old is number ${turn}, and who made it?`, isFirst);
    asked++;
    if (!isFirst && id !== undefined) await visitor?.withdraw(id);
  };
  const vote = (turn: number): void => {
    if (visitors[turn % VISITORS]?.vote(turn)) voted++;
  };
  const busy = await measure(ear, () => Promise.all([spread(VISITORS * ROUNDS, ask), spread(VOTES, vote)]));
  await pause(500);
  const votesMs = visitors.flatMap((visitor) => visitor.votesMs);
  const refused = visitors.flatMap((visitor) => visitor.refused);
  for (const each of [desk, ...visitors]) each.close();
  await ear.close();

  const { p50, p95 } = figuresOf(votesMs);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, load at the start ${load.toFixed(2)}`);
  console.log(
    `${VISITORS} visitors, ${asked} questions, ${voted} votes in ${SPAN_MS / 1_000} s; ${refused.length} refused`,
  );
  console.log(`a vote until it is shown:   ${p50} ms (p50), ${p95} ms (p95), of ${votesMs.length}`);
  console.log(`the desk’s order moved:     ${desk.moves} times`);
  console.log(`floor late, nobody asks:    ${quiet.late} ms (p99), the box ${quiet.cpu} % of a core`);
  console.log(`floor late, all ask:        ${busy.late} ms (p99), the box ${busy.cpu} % of a core`);
  console.log(
    `the guide barges in:        ${bargeIns.p50} ms (p50), ${bargeIns.p95} ms (p95), of ${BARGE_INS}`,
  );
  console.log(
    JSON.stringify({
      bargeInMsP95: bargeIns.p95,
      voteMsP95: p95,
      orderMoves: desk.moves,
      floorLateMsP99Delta: tenth(busy.late - quiet.late),
      cpuPercent: { quiet: quiet.cpu, busy: busy.cpu },
    }),
  );
} finally {
  await box.stop();
  await rm(data, { recursive: true, force: true });
}
