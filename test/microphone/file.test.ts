import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { FileMicrophone } from '../../appliance/microphone/file.ts';
import { CaptureLog } from './capture-log.ts';
import { wavBytes } from './wav-bytes.ts';
import { frequency, sine } from './waveform.ts';

let folder: string;
let tone: string;
let microphone: FileMicrophone | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-file-'));
  tone = join(folder, 'tone.wav');
  const samples = sine({ hz: 1_000, rate: 44_100, seconds: 1, amplitude: 0.25 });
  await writeFile(tone, wavBytes({ rate: 44_100, encoding: 's16', channels: [samples] }));
});

afterEach(async () => {
  await microphone?.stop();
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function start(path: string, loop = false): CaptureLog {
  const output = new CaptureLog();
  microphone = new FileMicrophone({ path, loop, output, log: silentLog() });
  microphone.start();
  expect(output.states, 'nothing is delivered from inside start()').toEqual([]);
  return output;
}

/** Holds up the event loop, as a busy box would. */
function stall(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('a recording is played once, whole, in real time', async () => {
  const output = start(tone);
  await output.state('ended');
  expect(output.kinds).toEqual(['opening', 'open', 'ended']);
  expect(output.frames.length).toBeGreaterThanOrEqual(50);
  expect(output.frames.length).toBeLessThanOrEqual(51);
  expect(frequency(output.samples.subarray(0, 23_000))).toBeCloseTo(1_000, 1);
  const [first] = output.frames;
  output.frames.forEach(({ capturedAt, at }, index) => {
    expect(capturedAt - first!.capturedAt, `schedule of frame ${index}`).toBeCloseTo(index * 20, 6);
    expect(at, `frame ${index} is not delivered before it was spoken`).toBeGreaterThanOrEqual(capturedAt);
  });
});

test('after a stall the schedule is caught up with, a few frames at a time', async () => {
  const output = start(tone, true);
  await output.until(() => output.frames.length >= 5);
  stall(300);
  const stalledAt = performance.now();
  const inTime = (): boolean =>
    output.frames.some(({ at, capturedAt }) => at > stalledAt && at - capturedAt < 20);
  await output.until(() => output.frames.length >= 60 && inTime());
  const [first] = output.frames;
  expect(output.frames[59]!.capturedAt - first!.capturedAt, 'no frame and no time is lost').toBeCloseTo(
    59 * 20,
    6,
  );
  const burst = output.frames.filter(({ at }) => at >= stalledAt && at < stalledAt + 4);
  expect(burst.length).toBeLessThanOrEqual(3);
});

test('a stall of more than a second is a pause, not a flood', async () => {
  const output = start(tone, true);
  await output.until(() => output.frames.length >= 5);
  const from = output.frames.length;
  const before = output.frames.at(-1)!.capturedAt;
  stall(1_200);
  const stalledAt = performance.now();
  await output.until(() => output.frames.length >= from + 5);
  expect(output.frames[from]!.capturedAt - before).toBeGreaterThan(1_100);
  expect(output.frames[from + 4]!.at - stalledAt).toBeGreaterThan(60);
});

test('a loop goes on past the end of the recording', async () => {
  const output = start(tone, true);
  await output.until(() => output.frames.length === 70);
  expect(output.kinds).toEqual(['opening', 'open']);
  expect(frequency(output.samples)).toBeCloseTo(1_000, 0);
});

test('stopping ends it at once, and nothing comes after it', async () => {
  const output = start(tone);
  await output.until(() => output.frames.length === 3);
  await microphone?.stop();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(output.frames).toHaveLength(3);
  expect(output.kinds).toEqual(['opening', 'open']);
});

test('stopping before it has begun begins nothing', async () => {
  const output = start(tone);
  await microphone?.stop();
  expect(output.states).toEqual([]);
});

test('a recording that cannot be played is a state, not an exception, and is not tried again', async () => {
  const output = start(join(folder, 'nothing.wav'));
  const lost = await output.state('lost');
  expect(lost.problem.code).toBe('microphone_file_missing');
  expect(lost.problem.message).toContain('“nothing.wav”');
  expect(lost.retryInMs).toBeUndefined();
  expect(output.kinds).toEqual(['opening', 'lost']);
});
