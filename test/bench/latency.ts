/**
 * How long the sound takes: `npm run bench:latency`, `-- --short` to see that it works. Prints a table, then one line of JSON. docs/benchmarks.md says
 * what exactly is measured. Nothing is asserted: a slow machine is slow.
 */
import { cpus, loadavg } from 'node:os';
import { measureAddedDelay } from './latency/added-delay.ts';
import { BenchBox } from './latency/bench-box.ts';
import { figuresOf } from './latency/figures.ts';
import { measureFirstSound } from './latency/first-sound.ts';
import { measureFloorDelay } from './latency/floor-delay.ts';
import { Model } from './latency/model.ts';
import { launchBrowser } from '../browser.ts';
import { freshPages, readBenchOptions } from './prepare.ts';

const { short } = readBenchOptions({});
const [visits, listens, bursts] = short ? [1, 1, 2] : [20, 5, 40];
const load = loadavg()[0] ?? NaN;
await freshPages();

const model = await Model.start();
const box = await BenchBox.start({ openaiUrl: model.url });
const browser = await launchBrowser();
try {
  await run();
} finally {
  await browser.close();
  await box.stop();
  model.stop();
}

async function run(): Promise<void> {
  const first = await measureFirstSound(box, browser, model, { visits });
  const floor = await measureFloorDelay(box, browser, { visits: listens, listenMs: short ? 2_000 : 14_000 });
  const added = await measureAddedDelay(box, model, { bursts });

  console.log(
    `Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}`,
  );
  console.log(
    `Load at the start: ${load.toFixed(2)}; clocks agree within ${floor.clocksWithinMs.toFixed(1)} ms`,
  );
  console.log(
    `The browser says that its output adds ${floor.outputLatencyMs.toFixed(0)} ms to what its page hears.\n`,
  );
  line(['ms', 'n', 'p50', 'p95', 'target']);
  row('Guide’s voice: mouth → sound in the page', floor.inPage, 'p50 < 80');
  row('  of it, until the box has sent it', floor.inBox);
  row('  of it, in the jitter buffer (means of visits)', floor.jitterBuffer);
  row('  until the audio output', floor.atOutput);
  row('Translation: model’s bytes in → RTP out', added.speaking, 'p95 < 80');
  row('  the same while the guide is muted', added.silent);
  row('Page opened → first sound in the page', first.fromOpening, 'p50 < 700, p95 < 1500');
  row('  of it, until Listen is tapped', first.toTap);
  row('  of it, from the tap', first.fromTap);
  row('  until the audio output', first.atOutput);
  row('Page opened → first caption', first.toCaption, '≤ first sound');
  console.log();
  console.log(
    JSON.stringify({
      floorMs: figuresOf(floor.inPage),
      addedMs: figuresOf(added.speaking),
      firstSoundMs: figuresOf(first.fromOpening),
      firstCaptionMs: figuresOf(first.toCaption),
    }),
  );
}

function row(what: string, values: readonly number[], target = ''): void {
  const { p50, p95 } = figuresOf(values);
  line([what, String(values.length), p50.toFixed(1), p95.toFixed(1), target]);
}

function line([what = '', count = '', p50 = '', p95 = '', target = '']: readonly string[]): void {
  console.log(
    `${what.padEnd(48)} ${count.padStart(4)} ${p50.padStart(7)} ${p95.padStart(7)}  ${target}`.trimEnd(),
  );
}
