import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { AlsaMicrophone, listAlsaDevices } from '../../appliance/microphone/alsa.ts';
import { CaptureLog } from './capture-log.ts';
import { SoundServer } from './sound-server.ts';
import { bestMatch, envelope, rmsDb } from './waveform.ts';
import { wholeRecording } from './whole-recording.ts';

const SPEECH = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0880.wav';
const FAKE_ARECORD = fileURLToPath(new URL('fake-arecord', import.meta.url));

let server: SoundServer;
let microphone: AlsaMicrophone | undefined;

beforeAll(async () => {
  server = await SoundServer.start();
});

afterEach(async () => {
  await microphone?.stop();
  microphone = undefined;
});

afterAll(async () => {
  await server.stop();
});

function start(options: Partial<ConstructorParameters<typeof AlsaMicrophone>[0]> = {}): CaptureLog {
  const output = new CaptureLog();
  microphone = new AlsaMicrophone({
    device: server.device,
    env: server.env,
    log: silentLog(),
    output,
    ...options,
  });
  microphone.start();
  expect(output.states, 'nothing is delivered from inside start()').toEqual([]);
  return output;
}

/** Children of this process that record from `device`. */
function recorders(): number[] {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim();
  return children
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('S16_LE'));
}

test('speech that is played to the device is heard, whole and in step', async () => {
  const speech = await wholeRecording(SPEECH);
  const output = start();
  await output.state('open');
  const played = server.play(SPEECH);
  await output.until(() => rmsDb(output.frames.at(-1)?.samples ?? new Int16Array(0)) > -45);
  await played;
  const frames = output.frames.length + 10;
  await output.until(() => output.frames.length >= frames);

  const heard = envelope(output.samples);
  const said = envelope(speech);
  const { r, shift } = bestMatch(heard, said);
  expect(r, 'the loudness goes up and down as it did in the recording').toBeGreaterThan(0.85);
  const words = output.samples.subarray(shift * 480, shift * 480 + speech.length);
  expect(Math.abs(rmsDb(words) - rmsDb(speech))).toBeLessThan(1.5);

  // A busy machine delivers some of them late, and none early.
  const delays = output.frames.map(({ at }, i) => at - i * 20);
  const half = delays.length >> 1;
  const drift = Math.min(...delays.slice(half)) - Math.min(...delays.slice(0, half));
  expect(drift / half, 'ms a frame, beside the 20').toBeCloseTo(0, 0);
  expect(output.kinds).toEqual(['opening', 'open']);
});

test('a recorder that dies is missed, and the microphone opens again', async () => {
  const output = start();
  await output.state('open');
  const [pid] = recorders();
  process.kill(pid!, 'SIGKILL');

  const { problem, retryInMs } = await output.state('lost');
  expect(problem).toEqual({
    code: 'microphone_lost',
    message:
      'The microphone “tourmic” has stopped. Check that it is plugged in. The box tries again by itself.',
  });
  expect(retryInMs).toBeGreaterThanOrEqual(500);
  expect(retryInMs).toBeLessThanOrEqual(1_000);
  await output.state('open', output.states.length);
  expect(output.kinds).toEqual(['opening', 'open', 'lost', 'open']);
});

test('stopping leaves no process, and nothing comes after it', async () => {
  const output = start();
  await output.state('open');
  expect(recorders()).toHaveLength(1);
  await microphone?.stop();
  expect(recorders()).toEqual([]);
  const { length } = output.frames;
  await new Promise((resolve) => setImmediate(resolve));
  expect(output.frames).toHaveLength(length);
  expect(output.kinds).toEqual(['opening', 'open']);
});

test('stopping while it waits for the next try does not wait', async () => {
  const output = start({ device: 'nosuch' });
  const { retryInMs } = await output.state('lost');
  const retried = new Promise((resolve) =>
    setTimeout(() => resolve('the next try is due'), (retryInMs ?? 0) - 100),
  );
  const stopped = microphone?.stop().then(() => 'stopped');
  expect(await Promise.race([stopped, retried])).toBe('stopped');
});

test.for([
  ['a device that is not there', { device: 'nosuch' }, 'microphone_missing', /“nosuch” is not there/],
  ['a card that is not there', { device: 'plughw:7' }, 'microphone_missing', /plugged in/],
  ['a sound server that is down', { device: 'elsewhere' }, 'microphone_lost', /does not answer/],
  ['no arecord', { arecord: '/nowhere/arecord' }, 'microphone_program_missing', /alsa-utils/],
  ['a busy device', { arecord: FAKE_ARECORD, device: 'busy' }, 'microphone_busy', /another program/],
  ['a device of another rate', { arecord: FAKE_ARECORD, device: 'hw:48k' }, 'microphone_lost', /plughw/],
  [
    'a device not allowed',
    { arecord: FAKE_ARECORD, device: 'forbidden' },
    'microphone_lost',
    /group “audio”/,
  ],
] as const)('%s is said in words, and tried again', async ([, options, code, words]) => {
  const output = start(options);
  const { problem, retryInMs } = await output.state('lost');
  expect(problem.code).toBe(code);
  expect(problem.message).toMatch(words);
  expect(retryInMs).toBeGreaterThan(0);
});

test('a device that goes quiet is taken for lost, and its process ended', async () => {
  const output = start({ arecord: FAKE_ARECORD, device: 'quiet' });
  await output.state('open');
  const { problem } = await output.state('lost');
  expect(problem.message).toMatch(/gone quiet/);
  expect(recorders()).toEqual([]);
  expect(output.frames).toHaveLength(1);
});

test('the devices of the box are listed without the ones that lead nowhere', async () => {
  const devices = await listAlsaDevices({ env: server.env });
  expect(devices).toContainEqual({ device: 'tourmic', label: 'Tour microphone' });
  expect(devices.map(({ device }) => device)).not.toContain('null');
});

test('the cards of the box are listed under names that convert', async () => {
  expect(await listAlsaDevices({ arecord: FAKE_ARECORD })).toEqual([
    { device: 'default', label: 'Default Audio Device' },
    { device: 'plughw:CARD=Device,DEV=0', label: 'USB PnP Sound Device: USB Audio' },
    { device: 'plughw:CARD=Lavalier,DEV=1', label: 'Lavalier' },
  ]);
});

test('without arecord no device is listed', async () => {
  expect(await listAlsaDevices({ arecord: '/nowhere/arecord' })).toEqual([]);
});
