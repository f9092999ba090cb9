/**
 * What of lost packets is heard: `npm run bench:redundancy` (`-- --seconds 20` for less, `-- --short` to see that it works). Prints a table, then one line
 * of JSON. docs/benchmarks.md says what exactly is measured. Nothing is asserted.
 */
import { cpus, loadavg } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { silentLog } from '../../appliance/log.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { launchBrowser } from '../browser.ts';
import { LossyNetwork, mayLose } from '../lossy-network.ts';
import { count, readBenchOptions } from './prepare.ts';
import { Lecture } from './redundancy/lecture.ts';
import { LossyListener } from './redundancy/lossy-listener.ts';

const values = readBenchOptions({
  seconds: { type: 'string', default: '60' },
  each: { type: 'string', default: '3' },
});
const seconds = values.short ? 1 : count('seconds', values.seconds);
const each = values.short ? 1 : count('each', values.each);
const settleMs = values.short ? 500 : 5_000;
/** As the last line names them. */
const LOSSES = [
  { name: '0', words: '0 % lost', percent: 0 },
  { name: '5', words: '5 % lost', percent: 5 },
  { name: '20', words: '20 % lost', percent: 20 },
  { name: '5 in pairs', words: '5 %, two in a row', percent: 5, inPairs: true },
];

if (!mayLose) {
  console.error('A network that loses packets needs root, ip and nft.');
  process.exit(1);
}
const load = loadavg()[0] ?? NaN;
const lecture = await Lecture.create();
const shards = new Shards({ log: silentLog(), count: 1 });
const network = new LossyNetwork();
const browser = await launchBrowser({ program: network.browser });
try {
  await shards.start();
  lecture.start();
  await run();
} finally {
  await browser.close();
  lecture.stop();
  await shards.stop();
  network.close();
}

async function run(): Promise<void> {
  const page = await browser.newPage();
  const kinds = [
    { name: '20 ms, bare', channel: lecture.bareFloor, red: false },
    { name: '20 ms, FEC', channel: lecture.floor, red: false },
    { name: '20 ms, RED', channel: lecture.floor, red: true },
    { name: '20 ms, RED 2', channel: lecture.floor, red: true, distance: 2 as const },
    { name: '60 ms, bare', channel: lecture.bareTranslated, red: false },
    { name: '60 ms, FEC', channel: lecture.translated, red: false },
    { name: '60 ms, RED', channel: lecture.translated, red: true },
    { name: '60 ms, RED 2', channel: lecture.translated, red: true, distance: 2 as const },
  ];
  const groups = [];
  for (const kind of kinds) {
    const listeners = [];
    for (let i = 0; i < each; i++)
      listeners.push(await LossyListener.connect({ page, shards, network, ...kind }));
    groups.push({
      ...kind,
      listeners,
      concealed: new Map<string, number>(),
      audible: new Map<string, number>(),
      lost: new Map<string, number>(),
    });
  }
  for (const { name, percent, inPairs } of LOSSES) {
    network.lose(percent, { inPairs });
    // The jitter buffer gets used to it.
    await setTimeout(settleMs);
    const all = groups.flatMap(({ listeners }) => listeners);
    await Promise.all(all.map((listener) => listener.begin()));
    await setTimeout(seconds * 1_000);
    for (const { listeners, concealed, audible, lost } of groups) {
      const figures = await Promise.all(listeners.map((listener) => listener.end()));
      const sum = (of: (figure: (typeof figures)[number]) => number): number =>
        figures.reduce((total, figure) => total + of(figure), 0);
      lost.set(name, (100 * sum(({ lost }) => lost)) / sum(({ due }) => due));
      const played = sum((figure) => figure.played);
      concealed.set(name, (100 * sum((figure) => figure.concealed)) / played);
      audible.set(name, (100 * sum((figure) => figure.audible)) / played);
    }
  }

  console.log(
    `Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}, load ${load.toFixed(2)}`,
  );
  console.log(`${each} listeners of each kind, ${seconds} s at each loss; % of the sound that is invented`);
  console.log('(of so many % lost; audibly invented where that is another figure)\n');
  console.log(['', ...LOSSES.map(({ words }) => words)].map((cell) => cell.padEnd(26)).join(''));
  const concealedPercent: Record<string, Record<string, number>> = {};
  const audiblePercent: Record<string, Record<string, number>> = {};
  for (const { name: kind, concealed, audible, lost } of groups) {
    const cells = LOSSES.map(({ name }) => {
      const [all, heard] = [concealed, audible].map((of) => of.get(name)?.toFixed(2));
      return `${all} (of ${lost.get(name)?.toFixed(1)}${all === heard ? '' : `, ${heard}`})`;
    });
    console.log([kind, ...cells].map((cell) => cell.padEnd(26)).join(''));
    concealedPercent[kind] = rounded(concealed);
    audiblePercent[kind] = rounded(audible);
  }
  console.log();
  console.log(JSON.stringify({ seconds, listeners: each, concealedPercent, audiblePercent }));
}

function rounded(figures: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...figures].map(([name, value]) => [name, Math.round(value * 100) / 100]));
}
