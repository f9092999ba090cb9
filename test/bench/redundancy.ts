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
const LOSSES = [0, 5, 20];

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
    { name: '60 ms, bare', channel: lecture.bareTranslated, red: false },
    { name: '60 ms, FEC', channel: lecture.translated, red: false },
    { name: '60 ms, RED', channel: lecture.translated, red: true },
  ];
  const groups = [];
  for (const kind of kinds) {
    const listeners = [];
    for (let i = 0; i < each; i++)
      listeners.push(await LossyListener.connect({ page, shards, network, ...kind }));
    groups.push({
      ...kind,
      listeners,
      concealed: new Map<number, number>(),
      lost: new Map<number, number>(),
    });
  }
  for (const percent of LOSSES) {
    network.lose(percent);
    // The jitter buffer gets used to it.
    await setTimeout(settleMs);
    const all = groups.flatMap(({ listeners }) => listeners);
    await Promise.all(all.map((listener) => listener.begin()));
    await setTimeout(seconds * 1_000);
    for (const { listeners, concealed, lost } of groups) {
      const figures = await Promise.all(listeners.map((listener) => listener.end()));
      const sum = (of: (figure: (typeof figures)[number]) => number): number =>
        figures.reduce((total, figure) => total + of(figure), 0);
      lost.set(percent, (100 * sum(({ lost }) => lost)) / sum(({ due }) => due));
      concealed.set(percent, (100 * sum(({ concealed }) => concealed)) / sum(({ played }) => played));
    }
  }

  console.log(
    `Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}, load ${load.toFixed(2)}`,
  );
  console.log(`${each} listeners of each kind, ${seconds} s at each loss; % of the sound that is invented\n`);
  console.log(['', ...LOSSES.map((percent) => `${percent} % lost`)].map((cell) => cell.padEnd(22)).join(''));
  const json: Record<string, Record<string, number>> = {};
  for (const { name, concealed, lost } of groups) {
    const cells = LOSSES.map(
      (percent) => `${concealed.get(percent)?.toFixed(2)} (of ${lost.get(percent)?.toFixed(1)})`,
    );
    console.log([name, ...cells].map((cell) => cell.padEnd(22)).join(''));
    json[name] = Object.fromEntries(
      LOSSES.map((p) => [p, Math.round((concealed.get(p) ?? NaN) * 100) / 100]),
    );
  }
  console.log();
  console.log(JSON.stringify({ seconds, listeners: each, concealedPercent: json }));
}
