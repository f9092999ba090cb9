/**
 * Does the box do what it is for? `npm run validate` starts one with a stand-in for the translation service, goes through
 * what people do and what goes wrong, and prints a line for each: ✓ or ✗, with figures. The exit status is 1 where one
 * is ✗. `-- --short`: fewer visitors, and no figure is judged, for machines that are busy.
 */
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { boxStateView } from '../appliance/protocol/box-state.ts';
import { diagnosticsView } from '../appliance/protocol/diagnostics.ts';
import { lastHourView } from '../appliance/protocol/last-hour.ts';
import { connectionView } from '../appliance/protocol/recovery.ts';
import { BoxProcess } from './box-process.ts';
import { RealtimeServer } from './realtime-server/realtime-server.ts';
import { Owner } from './validate/owner.ts';
import { judge, percentile, Report } from './validate/report.ts';
import { Visitor } from './validate/visitor.ts';

const REHEARSAL = fileURLToPath(new URL('../appliance/microphone/recordings/rehearsal.wav', import.meta.url));
const MONITORING = new URL('../docs/monitoring.md', import.meta.url);
const SETUP_CODE = 'SETUP234';
const SPANISH_HZ = 700;

const { short } = parseArgs({ options: { short: { type: 'boolean', default: false } } }).values;
const COUNT = short ? 3 : 20;
const LOSS_PACKETS = short ? 60 : 300;
const OUTAGE_MS = short ? 700 : 5_000;

const atMost = judge({ figures: !short });
const report = new Report({ deadlineMs: 40_000 });
const data = await mkdtemp(join(tmpdir(), 'ubizo-validate-'));
const server = new RealtimeServer({
  apiKey: 'sk-validate',
  tone: (language) => (language === 'es' ? SPANISH_HZ : undefined),
});
await server.start();
const owner = new Owner();
const visitors: Visitor[] = [];
let box: BoxProcess | undefined;
let code = '';
let tour = '';

async function start(cookie = ''): Promise<BoxProcess> {
  box = await BoxProcess.start(
    {
      UBIZO_DATA: data,
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-validate',
      UBIZO_NOISE_GATE: 'off',
      UBIZO_LOG: 'silent',
    },
    cookie,
  );
  return box;
}

const first = (): Visitor => {
  const [visitor] = visitors;
  if (!visitor) throw new Error('Nobody has joined.');
  return visitor;
};

const json = async (path: string): Promise<unknown> => (await owner.call('GET', path)).json();

/** Its value, of a metric without labels or with these. */
async function metric(name: string): Promise<number> {
  const text = await (await owner.call('GET', '/metrics')).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1));
}

function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

await report.check('start', async () => {
  const began = performance.now();
  const { url } = await start();
  const ms = Math.round(performance.now() - began);
  const { status } = await fetch(`${url}/healthz`);
  expectThat(status === 200, `/healthz says ${status}`);
  atMost('ms until it answers', ms, 10_000);
  return `well after ${ms} ms`;
});

await report.check('a tour goes live', async () => {
  await owner.claim(box?.url ?? '', SETUP_CODE);
  const made = await owner.tour('POST', '/api/tours', {
    name: 'Validation',
    floorLanguage: 'en',
    languages: ['es', 'fr'],
  });
  ({ id: tour, code } = made);
  const { state } = await owner.tour('POST', `/api/tours/${tour}/start`);
  expectThat(state === 'live', `it is ${state}`);
  return 'claimed, made, started';
});

await report.check('join', async () => {
  const ms: number[] = [];
  for (let count = 0; count < COUNT; count++) {
    const began = performance.now();
    const visitor = await Visitor.join(owner.url, { code, language: 'floor' });
    visitors.push(visitor);
    await visitor.heard();
    ms.push(performance.now() - began);
  }
  atMost('ms from the join to half a second of sound, p95', percentile(ms, 0.95), 2_000);
  return `${ms.length} of ${COUNT} hear the guide, half a second of it after ${percentile(ms, 0.5)} ms (p95 ${percentile(ms, 0.95)})`;
});

await report.check('switch', async () => {
  const visitor = first();
  const { ssrc } = visitor.packets.at(-1) ?? {};
  const from = visitor.packets.length;
  const heard = visitor.heard(SPANISH_HZ);
  visitor.page.send({ type: 'language', language: 'es' });
  await visitor.told(({ type, language }) => type === 'tour' && language === 'es');
  const ms = await heard;
  const after = visitor.packets.slice(from);
  expectThat(
    after.every((packet) => packet.ssrc === ssrc),
    'it is another stream than before',
  );
  const broken = after.filter(({ sequenceNumber }, at) => {
    const before = after[at - 1];
    return before !== undefined && ((sequenceNumber - before.sequenceNumber) & 0xffff) !== 1;
  });
  // A machine that is busy may lose some of its own accord.
  atMost('breaks in the numbers of packets', broken.length, 0);
  atMost('ms until the translation is heard', ms, 6_000);
  return `Spanish is heard after ${ms} ms, in the same stream`;
});

await report.check('captions', async () => {
  const { text } = await first().told(({ type, language }) => type === 'caption' && language === 'es');
  expectThat(typeof text === 'string' && text !== '', 'a line is empty');
  return 'a Spanish line has come';
});

await report.check('loss', async () => {
  const visitor = first();
  visitor.lose(0.1);
  const told = visitor.told(({ type, loss }) => type === 'listener' && Number(loss) > 0.03);
  await visitor.received(LOSS_PACKETS);
  const { loss, quality } = await told;
  visitor.lose(0);
  await visitor.heard();
  return `10 % lost: the box measures ${Math.round(Number(loss) * 100)} % and says “${String(quality)}”; the sound goes on`;
});

await report.check('recovery: outage', async () => {
  const visitor = first();
  visitor.lose(1);
  await new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
  const heard = visitor.heard();
  visitor.lose(0);
  const ms = await heard;
  atMost('ms until it is heard again', ms, 3_000);
  return `${OUTAGE_MS} ms without a network: heard again after ${ms} ms, in the same session`;
});

await report.check('questions of state', async () => {
  const { narrowest, use } = boxStateView.parse(await json('/api/box/state'));
  expectThat(use.listeners === COUNT, `${use.listeners} listeners, not ${COUNT}`);
  const { samples } = lastHourView.parse(await json('/api/box/last-hour'));
  expectThat(samples.length > 0, 'nothing is known of the last hour');
  const { connections, log: lines, settings } = diagnosticsView.parse(await json('/api/diagnostics'));
  expectThat(connections.length === COUNT, `${connections.length} connections, not ${COUNT}`);
  expectThat(!JSON.stringify([settings, lines]).includes('sk-validate'), 'a key is told');
  const seen = await fetch(`${owner.url}/api/visits/${tour}/connection`, {
    headers: { authorization: `Bearer ${first().joined.token}` },
  });
  const { seat } = connectionView.parse(await seen.json());
  expectThat(seat?.state === 'connected', 'the visitor’s own connection is not connected');
  const stranger = await fetch(`${owner.url}/api/diagnostics`);
  expectThat(stranger.status === 401, `a stranger is answered with ${stranger.status}`);
  return `${connections.length} connections; narrowest: ${narrowest.of}, ${Math.round(narrowest.used * 100)} %`;
});

await report.check('metrics', async () => {
  const text = await (await owner.call('GET', '/metrics')).text();
  const named = [...(await readFile(MONITORING, 'utf8')).matchAll(/^\| `(ubizo_\w+)`/gm)].map(
    ([, name = '']) => name,
  );
  const missing = named.filter((name) => !text.includes(`# TYPE ${name} `));
  expectThat(missing.length === 0, `missing: ${missing.join(', ')}`);
  const listeners = await metric('ubizo_listeners');
  expectThat(listeners === COUNT, `ubizo_listeners ${listeners}, not ${COUNT}`);
  const connected = await metric('ubizo_connection_attempts_total{outcome="connected"}');
  expectThat(connected >= COUNT, `${connected} attempts connected, not ${COUNT}`);
  expectThat((await metric('ubizo_model_sessions')) >= 1, 'no session is counted');
  return `${named.length} metrics, ${connected} of ${connected + (await metric('ubizo_connection_attempts_total{outcome="failed"}'))} attempts connected`;
});

await report.check('recovery: power cut', async () => {
  await box?.kill();
  const began = performance.now();
  // The pass and the sign-in are still good.
  owner.url = (await start('as before')).url;
  const up = Math.round(performance.now() - began);
  const visitor = first();
  await visitor.comeBack(owner.url);
  await visitor.heard();
  const ms = Math.round(performance.now() - began);
  const { state } = await owner.tour('GET', `/api/tours/${tour}`);
  expectThat(state === 'live', `the tour is ${state}`);
  atMost('ms from the box’s start to sound', ms, 10_000);
  return `up after ${up} ms, heard again after ${ms} ms, the tour still live`;
});

await report.check('end', async () => {
  await Promise.all(visitors.map((visitor) => visitor.leave()));
  await owner.call('POST', `/api/tours/${tour}/end`);
  const { state } = await owner.tour('GET', `/api/tours/${tour}`);
  expectThat(state === 'ended', `it is ${state}`);
  await box?.stop();
  box = undefined;
  return 'the tour is over, the box has stopped';
});

await box?.kill();
await server.stop();
await rm(data, { recursive: true, force: true });
process.stdout.write(
  report.failed === 0 ? 'All is well.\n' : `${report.failed} of ${report.rows.length} are not well.\n`,
);
process.exit(report.failed === 0 ? 0 : 1);
