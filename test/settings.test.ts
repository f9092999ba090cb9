import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettings, SettingsError } from '../appliance/settings.ts';

const SECRET = 'sk-very-secret';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-settings-'));
  file = join(folder, 'settings.json');
});

afterEach(() => rm(folder, { recursive: true }));

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    expect(error.message).not.toContain(SECRET);
    return error.problems;
  }
  return [];
}

test('a box without any settings has its defaults', () => {
  expect(readSettings({ UBIZO_DATA: folder })).toEqual({
    data: folder,
    host: '0.0.0.0',
    httpPort: 8080,
    httpsPort: 8443,
    microphone: 'alsa:default',
    interpreter: 'auto',
    openaiDialect: 'translation',
    linger: 60,
    translatedFrameMs: 60,
    floorFrameMs: 20,
    noiseGate: 'on',
    shards: 0,
    maxListeners: 0,
    mediaPorts: '40000-40099',
    radio: '/run/ubizo-radio',
    errands: '/run/ubizo',
    log: 'info',
  });
});

test('the environment wins over the file, and an empty variable is none', async () => {
  await writeFile(file, JSON.stringify({ httpPort: 81, log: 'warn', microphone: 'phone' }));
  const settings = readSettings({ UBIZO_DATA: folder, UBIZO_HTTP_PORT: '82', UBIZO_LOG: '' });
  expect(settings).toMatchObject({ httpPort: 82, log: 'warn', microphone: 'phone' });
  expect(readSettings({ UBIZO_SETTINGS: file }).httpPort).toBe(81);
});

test('every wrong setting is named by the variable or the key that holds it', async () => {
  expect(
    problems({
      UBIZO_DATA: folder,
      UBIZO_HTTP_PORT: 'eighty',
      UBIZO_MICROPHONE: 'radio',
      UBIZO_OPENAI_URL: `https://${SECRET}`,
      UBIZO_INTERPRETER: SECRET,
    }).map((problem) => problem.split(':')[0]),
  ).toEqual(['UBIZO_HTTP_PORT', 'UBIZO_MICROPHONE', 'UBIZO_INTERPRETER', 'UBIZO_OPENAI_URL']);
  await writeFile(file, JSON.stringify({ httpPort: 99_999, openaiApiKey: [SECRET] }));
  expect(problems({ UBIZO_DATA: folder })).toEqual([
    expect.stringContaining(`${file}: "httpPort"`),
    expect.stringContaining(`${file}: "openaiApiKey"`),
  ]);
});

test('a frame is as long as Opus and a phone can take it', () => {
  const set = { UBIZO_DATA: folder, UBIZO_TRANSLATED_FRAME_MS: '20', UBIZO_FLOOR_FRAME_MS: '60' };
  expect(readSettings(set)).toMatchObject({ translatedFrameMs: 20, floorFrameMs: 60 });
  for (const wrong of ['0', '30', '120', 'long'])
    expect(problems({ ...set, UBIZO_FLOOR_FRAME_MS: wrong })).toEqual([
      expect.stringMatching(/^UBIZO_FLOOR_FRAME_MS: /),
    ]);
});

test('a key that does not exist is named, never with its value', async () => {
  await writeFile(file, JSON.stringify({ openaiKey: SECRET }));
  expect(problems({ UBIZO_DATA: folder })).toEqual([`${file}: unknown key "openaiKey"`]);
});

test('a settings file that was named must be there, and be one', async () => {
  expect(problems({ UBIZO_SETTINGS: file })).toEqual([`${file}: cannot be read`]);
  for (const content of [`{"openaiApiKey":"${SECRET}"`, '[]', 'null', '"x"']) {
    await writeFile(file, content);
    expect(problems({ UBIZO_SETTINGS: file }), content).toEqual([`${file}: is not a JSON object`]);
  }
});
