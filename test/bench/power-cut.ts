/**
 * Does a power cut lose anything? `npm run bench:power-cut`, 500 kills; `-- --kills 20` for fewer, `-- --short` for
 * three. Prints as it goes on,
 * and at last one line of JSON. docs/benchmarks.md says what exactly is done.
 */
import { cpus, loadavg } from 'node:os';
import { figuresOf } from './latency/figures.ts';
import { cutPower } from './power-cut/power-cut.ts';
import { count, freshPages, readBenchOptions } from './prepare.ts';

const values = readBenchOptions({ kills: { type: 'string', default: '500' } });
const load = loadavg()[0] ?? NaN;
const kills = values.short ? 3 : count('kills', values.kills);
await freshPages();

const began = performance.now();
const starts: number[] = [];
const figures = await cutPower({
  kills,
  onStart: (ms) => starts.push(ms),
  onCut: (so, problem) => {
    if (problem) console.log(`After ${so.kills} kills: ${problem}`);
    if (so.kills % 25 === 0)
      console.log(
        `${so.kills} kills, ${so.acknowledged} acknowledged, ${so.lost} lost, ${so.corrupt} corrupt, ${((performance.now() - began) / 1_000).toFixed(0)} s`,
      );
  },
});
const { p50, p95 } = figuresOf(starts);
console.log(
  `${cpus().length} × ${cpus()[0]?.model}, load at the start ${load.toFixed(2)}: answers ${p50} ms after its start (p50), ${p95} ms (p95)`,
);
console.log(JSON.stringify(figures));
process.exitCode = figures.lost + figures.corrupt === 0 ? 0 : 1;
