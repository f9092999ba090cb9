/**
 * How long the box takes from the start of its process until a visitor hears the guide: `npm run bench:boot`, 20
 * starts; `-- --starts 5` for fewer, `-- --short` for one. Prints a table, then one line of JSON. docs/benchmarks.md says what is measured.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TourDeskView, tourDeskView } from '../../appliance/protocol/views.ts';
import { BoxProcess } from '../box-process.ts';
import { WakingPhone } from './boot/waking-phone.ts';
import { figuresOf } from './latency/figures.ts';
import { guideVoice } from './latency/guide-voice.ts';
import { count, freshPages, readBenchOptions } from './prepare.ts';

const values = readBenchOptions({ starts: { type: 'string', default: '20' } });
const starts = values.short ? 1 : count('starts', values.starts);
const load = loadavg()[0] ?? NaN;
await freshPages();

const folder = await mkdtemp(join(tmpdir(), 'ubizo-boot-'));
await writeFile(join(folder, 'guide.wav'), guideVoice());
const port = await freePort();
const environment = {
  UBIZO_DATA: join(folder, 'data'),
  UBIZO_HTTP_PORT: String(port),
  UBIZO_MICROPHONE: `file:${join(folder, 'guide.wav')}#loop`,
};
const phone = new WakingPhone({ port });
const figures = { start: [] as number[], portal: [] as number[], sound: [] as number[] };
const phases: Record<string, number>[] = [];
try {
  const tour = await liveTour();
  // The first start after the code has changed fills the compile cache, as the installation does.
  for (let start = 0; start <= starts; start++) await measure(tour, start > 0);
} finally {
  await rm(folder, { recursive: true, force: true });
}
report();

async function liveTour(): Promise<TourDeskView> {
  const box = await BoxProcess.start(environment);
  const body = { name: 'Bench', floorLanguage: 'en', languages: ['es'] };
  const made = await box.call('/api/tours', { method: 'POST', body });
  const tour = tourDeskView.parse(await made.json());
  await box.call(`/api/tours/${tour.id}/start`, { method: 'POST' });
  await box.kill();
  return tour;
}

/** Switched off by the plug in mid-tour, and on again. */
async function measure({ code, floorLanguage }: TourDeskView, counts: boolean): Promise<void> {
  const began = performance.now();
  const box = BoxProcess.spawn(environment);
  try {
    const start = (await phone.healthy()) - began;
    const portal = (await phone.portal()) - began;
    const sound = (await phone.sound(code, floorLanguage)) - began;
    if (!counts) return;
    figures.start.push(start);
    figures.portal.push(portal);
    figures.sound.push(sound);
    const ready = box.said.split('\n').find((line) => line.includes('"msg":"ready"'));
    if (ready !== undefined) phases.push((JSON.parse(ready) as { ms: Record<string, number> }).ms);
  } finally {
    await box.kill();
  }
}

function report(): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model}`;
  console.log(
    `Node ${process.version}, ${machine}, load at the start ${load.toFixed(2)}, ${starts} starts\n`,
  );
  line(['ms from the start of the process', 'p50', 'p95', 'target']);
  row('healthy', figures.start, 'p95 < 1500');
  row('first portal answer', figures.portal);
  row('first sound', figures.sound);
  line(['phases of the start, from its own log']);
  for (const phase of Object.keys(phases[0] ?? {}))
    row(
      `  ${phase}`,
      phases.map((each) => each[phase] ?? NaN),
    );
  const [startMs, firstPortalMs, firstSoundMs] = [figures.start, figures.portal, figures.sound].map(
    (all) => figuresOf(all).p50,
  );
  console.log(`\n${JSON.stringify({ startMs, firstPortalMs, firstSoundMs })}`);
}

function row(what: string, all: readonly number[], target = ''): void {
  const { p50, p95 } = figuresOf(all);
  line([what, p50.toFixed(1), p95.toFixed(1), target]);
}

function line([what = '', p50 = '', p95 = '', target = '']: readonly string[]): void {
  console.log(`${what.padEnd(40)} ${p50.padStart(7)} ${p95.padStart(7)}  ${target}`.trimEnd());
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}
