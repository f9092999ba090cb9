/**
 * How soon sound is back: `npm run bench:recovery` (`-- --tries 3 --loss 60` for less, `-- --only 'box killed,loss'` for some cases,
 * `-- --short` to see that it works). Prints a table, then one line of JSON. docs/benchmarks.md says what exactly is
 * measured. Nothing is asserted.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { mayLose } from '../lossy-network.ts';
import { beginRun } from '../network/namespaces.ts';
import { count, freshPages, readBenchOptions } from './prepare.ts';
import { addressChange, type Mishap, outage, restart, roaming, udpBlocked } from './recovery/cases.ts';
import { Crowd } from './recovery/crowd.ts';
import { summary, type Tries } from './recovery/summary.ts';
import { TourOnStreet } from './recovery/tour-on-street.ts';

const values = readBenchOptions({
  tries: { type: 'string', default: '10' },
  /** Seconds of 5 % loss. */
  loss: { type: 'string', default: '600' },
  phones: { type: 'string', default: '200' },
  only: { type: 'string', default: '' },
});
const { short } = values;
const tries = short ? 1 : count('tries', values.tries);
const lossS = short ? 2 : count('loss', values.loss);
const phones = short ? 5 : count('phones', values.phones);
const patienceMs = short ? 6_000 : 30_000;
const few = short ? 1 : Math.max(2, Math.ceil(tries / 5));

/** Names are the groups of the last line where they are one. */
const CASES: readonly { name: string; mishap: Mishap; times: number; group: string; long?: boolean }[] = [
  { name: 'cable out 0.5 s', mishap: outage(500), times: tries, group: 'outage' },
  { name: 'cable out 8 s', mishap: outage(8_000), times: tries, group: 'outage', long: true },
  { name: 'cable out 12 s', mishap: outage(12_000), times: tries, group: 'outage', long: true },
  { name: 'cable out 120 s', mishap: outage(120_000), times: few, group: 'outage', long: true },
  { name: 'address change', mishap: addressChange, times: tries, group: 'addressChange' },
  { name: 'access point swapped', mishap: roaming, times: tries, group: 'addressChange', long: true },
  { name: 'UDP blocked in mid-tour', mishap: udpBlocked, times: tries, group: 'udpBlocked', long: true },
  { name: 'box killed', mishap: restart, times: tries, group: 'restart' },
];
const wanted = (name: string): boolean => values.only.split(',').some((part) => name.includes(part));

if (!mayLose) {
  console.error('Networks within this machine need root, ip and nft.');
  process.exit(1);
}
await freshPages();
const load = loadavg()[0] ?? NaN;
const endRun = beginRun();
const tour = await TourOnStreet.begin();
const results: Tries[] = [];
let falseReconnects = 0;
try {
  for (const each of CASES) if (wanted(each.name) && !(short && each.long)) results.push(await stage(each));
  if (wanted('UDP blocked from the start')) results.push(await fromTheStart());
  if (wanted('phones at once')) {
    const crowd = await Crowd.join(tour.url, tour.code, phones);
    results.push({
      name: `${phones} phones at once`,
      group: 'crowd',
      ms: await crowd.comeBack(patienceMs),
    });
  }
  if (wanted('loss')) falseReconnects = await withLoss();
} finally {
  await tour.end();
  endRun();
}

console.log(
  `Node ${process.version}, Chromium ${tour.browserVersion}, ${cpus().length} × ${cpus()[0]?.model}, load ${load.toFixed(2)}`,
);
const { table, json } = summary(results, { patienceMs, falseReconnects });
if (wanted('loss')) console.log(`${lossS} s at 5 % loss: ${falseReconnects} recoveries`);
console.log(`\n${table}\n`);
console.log(JSON.stringify(json));

/** One visitor, to whom it happens again and again. */
async function stage({ name, mishap, times, group }: (typeof CASES)[number]): Promise<Tries> {
  const ms: (number | undefined)[] = [];
  let ear = await tour.visitor();
  for (let turn = 0; turn < times; turn++) {
    const { backAt, from } = await mishap(
      { street: tour.street, ear, restartBox: () => tour.restartBox() },
      turn,
    );
    const heardAt = await ear.hears(from, patienceMs);
    ms.push(heardAt === undefined ? undefined : heardAt - backAt);
    console.error(`${name}: ${ms.at(-1)} ms`);
    tour.street.allowAll();
    // The next one must find somebody who hears as at first.
    const settled = group !== 'udpBlocked' && heardAt !== undefined;
    if (!settled && turn < times - 1) {
      await ear.close();
      ear = await tour.visitor();
    } else if (turn < times - 1) await wait(6_000 * Math.random() + 500);
  }
  await ear.close();
  return { name, group, ms };
}

/** From the tap. */
async function fromTheStart(): Promise<Tries> {
  const ms: (number | undefined)[] = [];
  for (let turn = 0; turn < tries; turn++) {
    tour.street.blockUdp();
    const ear = await tour.page();
    const tappedAt = await ear.listen();
    const heardAt = await ear.hears(tappedAt, patienceMs);
    ms.push(heardAt === undefined ? undefined : heardAt - tappedAt);
    console.error(`UDP blocked from the start: ${ms.at(-1)} ms`);
    tour.street.allowAll();
    await ear.close();
  }
  return { name: 'UDP blocked from the start', group: 'udpBlocked', ms };
}

/** Speech and silences, with loss in both directions: nothing is to be mended. @returns what was. */
async function withLoss(): Promise<number> {
  const ear = await tour.visitor();
  const before = await tour.recoveries();
  tour.street.lose(5);
  const until = Date.now() + lossS * 1_000;
  for (let muted = true; Date.now() < until; muted = !muted) {
    await wait(Math.min(4_000 + 4_000 * Math.random(), until - Date.now()));
    await tour.mute(muted);
  }
  await tour.mute(false);
  tour.street.allowAll();
  // What was mended is told once the events are through.
  await wait(short ? 500 : 5_000);
  const after = await tour.recoveries();
  await ear.close();
  return after - before;
}
