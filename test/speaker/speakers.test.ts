import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Speakers, type SpeakerSettings } from '../../appliance/speaker/speakers.ts';
import type { ReadingRequest } from '../../appliance/speaker/speaker.ts';
import { frequency, rmsDb } from '../microphone/waveform.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';

const TEXT = '¿Cuántos años tiene la torre?';
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

function speakersWith(
  settings: Partial<SpeakerSettings> = {},
  savedKey: () => string | undefined = () => undefined,
) {
  const speakers = new Speakers({
    settings: { interpreter: 'auto', speakerModel: 'gpt-realtime-2.1-mini', ...settings },
    savedKey,
    log: silentLog(),
  });
  stops.push(() => speakers.stop());
  return speakers;
}

async function standIn(): Promise<RealtimeServer> {
  const server = new RealtimeServer({ lagMs: 5, paceMs: 1, updateMs: 5, tone: () => 440 });
  await server.start();
  stops.push(() => server.stop());
  return server;
}

async function samplesOf(speakers: Speakers, request: ReadingRequest): Promise<Int16Array> {
  const reading = await speakers.read(request);
  return 'samples' in reading ? reading.samples : expect.unreachable(reading.reason);
}

const seconds = (samples: Int16Array): number => samples.length / 24_000;

test('a box alone reads by its own voice: speech of a sentence’s length and loudness, longer for more words', async () => {
  const speakers = speakersWith();
  const short = await speakers.read({ text: TEXT, language: 'es' });
  if (!('samples' in short)) expect.unreachable(short.reason);
  expect(short.by).toBe('box');
  expect(seconds(short.samples)).toBeGreaterThan(1);
  expect(seconds(short.samples)).toBeLessThan(5);
  expect(rmsDb(short.samples)).toBeGreaterThan(-35);
  const long = await samplesOf(speakers, { text: `${TEXT} ${TEXT} ${TEXT}`, language: 'es-MX' });
  expect(long.length).toBeGreaterThan(2.5 * short.samples.length);
  for (const [language, text] of Object.entries({
    'pt-BR': 'Qual é a idade da torre?',
    zh: '这座塔有多高？',
    ja: 'とうきょうは どこですか',
    ar: 'كم عمر البرج؟',
  }))
    expect(rmsDb(await samplesOf(speakers, { text, language })), language).toBeGreaterThan(-40);
});

test('what its own voice cannot read is not read: an unknown language, characters that it only counts', async () => {
  const speakers = speakersWith();
  expect(await speakers.read({ text: 'Rrr', language: 'xx' })).toEqual({ reason: 'unable' });
  expect(await speakers.read({ text: '東京タワーはどこですか', language: 'ja' })).toEqual({
    reason: 'unable',
  });
});

test('text stays text: neither names of sounds nor markup nor control characters mean anything', async () => {
  const speakers = speakersWith();
  const plain = await samplesOf(speakers, { text: 'Hello', language: 'en' });
  // As names of sounds this would be "hello" and nothing else.
  const named = await samplesOf(speakers, { text: "[[h@l'oU]]", language: 'en' });
  expect(named.length).toBeGreaterThan(1.5 * plain.length);
  const pause = await samplesOf(speakers, { text: 'Hello <break time="20s"/>', language: 'en' });
  expect(seconds(pause)).toBeLessThan(10);
  // U+0001 begins a command to espeak: here to speak at a tenth of the speed.
  const slow = await samplesOf(speakers, { text: '\u000110SHello', language: 'en' });
  expect(seconds(slow)).toBeLessThan(5);
  const option = await samplesOf(speakers, { text: '--version', language: 'en' });
  expect(rmsDb(option)).toBeGreaterThan(-40);
});

test('a text without a word, and one that is too long, are not read', async () => {
  const speakers = speakersWith();
  for (const text of ['', ' \u202e ', '🙂🙂', 'word '.repeat(201)])
    expect(await speakers.read({ text, language: 'en' })).toEqual({ reason: 'unable' });
});

test('with a key the model reads; at the cap, and where it fails, the box’s own voice', async () => {
  const server = await standIn();
  const speakers = speakersWith({ openaiApiKey: 'sk-test', openaiUrl: server.url });
  expect(frequency(await samplesOf(speakers, { text: TEXT, language: 'es' }))).toBeCloseTo(440, 0);
  expect(await speakers.read({ text: TEXT, language: 'es', unpaid: true })).toMatchObject({ by: 'box' });
  expect(await speakers.read({ text: 'Rrr', language: 'xx', unpaid: true })).toEqual({ reason: 'spend-cap' });
  expect(server.readings).toHaveLength(1);
  server.reword(() => 'No.');
  expect(await speakers.read({ text: TEXT, language: 'es' })).toMatchObject({ by: 'box' });
  expect(await speakers.read({ text: '東京', language: 'ja' })).toEqual({ reason: 'failed' });
  expect(speakers.name).toBe('openai');
});

test('the box’s own server on the LAN is used also at the cap: it costs nothing', async () => {
  const server = new RealtimeServer({ apiKey: null, lagMs: 5, paceMs: 1, updateMs: 5, tone: () => 440 });
  await server.start();
  stops.push(() => server.stop());
  const speakers = speakersWith({ openaiUrl: `${server.url}?model=own-voice` });
  let usd = 0;
  const onSpent = (more: number): unknown => (usd += more);
  expect(await speakers.read({ text: TEXT, language: 'es', unpaid: true, onSpent })).toMatchObject({
    by: 'model',
  });
  expect(usd).toBe(0);
});

test('a key that the owner saves is used from the next text on, and a refused one is told of', async () => {
  const server = await standIn();
  let key: string | undefined;
  const speakers = speakersWith({ openaiUrl: server.url, interpreter: 'openai' }, () => key);
  expect(await speakers.read({ text: TEXT, language: 'es' })).toMatchObject({ by: 'box' });
  expect(speakers.problem?.code).toBe('interpreter_key_refused');
  key = 'sk-test';
  expect(await speakers.read({ text: TEXT, language: 'es' })).toMatchObject({ by: 'model' });
  expect(speakers.problem).toBeUndefined();
});

test.each([
  { interpreter: 'offline', openaiApiKey: 'sk-test' },
  { interpreter: 'none', openaiApiKey: 'sk-test' },
  { interpreter: 'openai', openaiApiKey: 'sk-test', openaiDialect: 'translation' },
] as const)('nothing is sent out where the settings say so: %j', async (settings) => {
  const server = await standIn();
  const speakers = speakersWith({ ...settings, openaiUrl: server.url });
  expect(await speakers.read({ text: TEXT, language: 'es' })).toMatchObject({ by: 'box' });
  expect(server.sessions).toEqual([]);
});

test('who has gone is not read to', async () => {
  const speakers = speakersWith();
  const signal = AbortSignal.abort();
  expect(await speakers.read({ text: TEXT, language: 'es', signal })).toEqual({ reason: 'cancelled' });
});
