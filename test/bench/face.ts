/**
 * Whether a face keeps up with the voice, and what it costs: `npm run bench:face`, `-- --short` to see that it works.
 * Prints a table, then one line of JSON. docs/benchmarks.md says what exactly is measured.
 */
import { cpus, loadavg } from 'node:os';
import { launchBrowser } from '../browser.ts';
import { FacePage, type PageCost } from './face/face-page.ts';
import { BenchBox } from './latency/bench-box.ts';
import { figuresOf } from './latency/figures.ts';
import { Model } from './latency/model.ts';
import { freshPages, readBenchOptions } from './prepare.ts';

/** A phone, as Chromium plays one. */
const THROTTLING = 4;

const { short } = readBenchOptions({});
const [bursts, costMs] = short ? [4, 1_000] : [60, 15_000];
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
  const watched = await FacePage.open(browser, box.visitorUrl, { face: true, watched: true });
  const mouths = await watched.follow(bursts);
  await watched.leave();
  const without = await costOf(false);
  const withFace = await costOf(true);
  const opened = mouths.filter((ms) => ms !== null);
  const mouthMs = figuresOf(opened);

  console.log(
    `Node ${process.version}, Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model}`,
  );
  console.log(`Load at the start: ${load.toFixed(2)}\n`);
  line('Sound in the page → mouth half open, p50', `${mouthMs.p50} ms`);
  line('  p95', `${mouthMs.p95} ms`, '< 100');
  line('  bursts of sound for which it did not open', `${bursts - opened.length} of ${bursts}`, '0');
  line(`Page’s main thread at ${THROTTLING}× throttling, without a face`, percent(without));
  line('  with one', percent(withFace), '< 15 % of a core');
  line('Page’s heap with one', `${withFace.heapMb.toFixed(1)} MB`, '< 50');
  console.log();
  console.log(
    JSON.stringify({
      mouthMs,
      missed: bursts - opened.length,
      cpuPercent: { without: round(without.cpuPercent), with: round(withFace.cpuPercent) },
      heapMb: round(withFace.heapMb),
    }),
  );
}

async function costOf(face: boolean): Promise<PageCost> {
  const page = await FacePage.open(browser, box.visitorUrl, { face, watched: false });
  try {
    return await page.cost(THROTTLING, costMs);
  } finally {
    await page.leave();
  }
}

function percent({ cpuPercent }: PageCost): string {
  return `${cpuPercent.toFixed(1)} %`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function line(what: string, value: string, target = ''): void {
  console.log(`${what.padEnd(58)} ${value.padStart(10)}  ${target}`.trimEnd());
}
