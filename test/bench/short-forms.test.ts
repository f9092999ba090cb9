import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { mayLose } from '../lossy-network.ts';
import { JanusServer } from './fanout/janus-server.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Figures by name, as deep as they stand in a bench's last line. */
interface Figures {
  readonly [name: string]: null | Figures;
}

const P50_P95 = { p50: null, p95: null };
const LATE = { p50: null, p99: null, worst: null };
const LOSSES = { 0: null, 5: null, 20: null, '5 in pairs': null };
const CONCEALED = Object.fromEntries(
  ['20 ms', '60 ms'].flatMap((length) =>
    ['bare', 'FEC', 'RED', 'RED 2'].map((kind) => [`${length}, ${kind}`, LOSSES]),
  ),
);

/** What each bench's last line holds. */
const FIELDS: Readonly<Record<string, Figures>> = {
  latency: { floorMs: P50_P95, addedMs: P50_P95, firstSoundMs: P50_P95, firstCaptionMs: P50_P95 },
  boot: { startMs: null, firstPortalMs: null, firstSoundMs: null },
  fanout: {
    listeners: null,
    languages: null,
    // Debian's Janus starts with the machine it is installed on: nobody gets it from us.
    cpuUsPerPacket: { ubizo: null, werift: null, ...(JanusServer.installed && { janus: null }) },
    lost: null,
    lateMsP99: null,
    kbPerListener: null,
    handshakeCpuMs: null,
  },
  redundancy: {
    seconds: null,
    listeners: null,
    concealedPercent: CONCEALED,
    audiblePercent: CONCEALED,
  },
  lag: {
    queueMsP95: null,
    tempoMax: null,
    cutsInsideWords: null,
    pitchErrorPercent: null,
    skippedSentences: null,
  },
  face: { mouthMs: P50_P95, missed: null, cpuPercent: { without: null, with: null }, heapMb: null },
  'power-cut': { kills: null, acknowledged: null, lost: null, corrupt: null },
  recovery: {
    successPercent: null,
    backMsP95: { outage: null, addressChange: null, udpBlocked: null, restart: null },
    falseReconnects: null,
  },
  questions: {
    bargeInMsP95: null,
    voteMsP95: null,
    orderMoves: null,
    floorLateMsP99Delta: null,
    cpuPercent: { quiet: null, busy: null },
  },
  'sign-in': {
    signInMs: { p50: null, p95: null, cpu: null },
    atOnceMs: P50_P95,
    floorLateMs: { quiet: LATE, busy: LATE },
    laterMs: { p99: null, worst: null },
  },
};

/** Null in place of each number; what was not measured is left out, and anything else shows. */
const shapeOf = (value: unknown): unknown => {
  if (typeof value === 'number' && Number.isFinite(value)) return null;
  if (typeof value !== 'object' || value === null) return `${String(value)} is no number`;
  const measured = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(measured.map(([name, each]) => [name, shapeOf(each)]));
};

test('every bench that npm runs is looked at here', async () => {
  const { scripts } = JSON.parse(await readFile(`${ROOT}/package.json`, 'utf8')) as {
    scripts: Record<string, string>;
  };
  const benches = Object.keys(scripts).filter((name) => name.startsWith('bench:'));
  expect(benches.map((name) => name.slice('bench:'.length)).toSorted()).toEqual(
    Object.keys(FIELDS).toSorted(),
  );
});

test('the validation goes through all that a box is for, and nothing is amiss', async () => {
  const { stdout } = await run('npm', ['run', '--silent', 'validate', '--', '--short'], { cwd: ROOT });
  expect(stdout).not.toContain('✗');
  expect(stdout.match(/^✓/gm)).toHaveLength(11);
});

test.for(Object.entries(FIELDS))(
  '%s comes to its end, and its last line holds its figures',
  async ([name, fields]) => {
    // Without root there is no network that loses packets; the bench says so and ends.
    if (['redundancy', 'recovery'].includes(name) && !mayLose) return;
    const { stdout } = await run('npm', ['run', '--silent', `bench:${name}`, '--', '--short'], { cwd: ROOT });
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    expect(shapeOf(JSON.parse(last))).toEqual(fields);
  },
);
