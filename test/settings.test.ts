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
    speakerModel: 'gpt-realtime-2.1-mini',
    linger: 60,
    translatedFrameMs: 60,
    floorFrameMs: 20,
    noiseGate: 'on',
    textModel: 'gpt-6-luna',
    shards: 0,
    maxListeners: 0,
    mediaPorts: '40000-40099',
    radio: '/run/ubizo-radio',
    errands: '/run/ubizo',
    iceServers: [],
    relay: '/run/ubizo-relay',
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
      UBIZO_TEXT_MODEL: `a model ${SECRET}`,
    }).map((problem) => problem.split(':')[0]),
  ).toEqual([
    'UBIZO_HTTP_PORT',
    'UBIZO_MICROPHONE',
    'UBIZO_INTERPRETER',
    'UBIZO_OPENAI_URL',
    'UBIZO_TEXT_MODEL',
  ]);
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

test('a file that was edited on Windows is read like any other', async () => {
  const text = JSON.stringify(
    { httpPort: 81, names: 'führung.example'.replace('ü', 'ue') },
    undefined,
    '\r\n ',
  );
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  for (const bytes of [Buffer.from(`\ufeff${text}`), utf16, swapped]) {
    await writeFile(file, bytes);
    expect(readSettings({ UBIZO_SETTINGS: `${file}\r`, UBIZO_LOG: 'warn\r' })).toMatchObject({
      httpPort: 81,
      log: 'warn',
      names: 'fuehrung.example',
    });
  }
});

test.each([
  ['UBIZO_HOST', ['localhorst', '1.2.3', '10.0.0.1:80', '::g', 'fe80::1', 'fe80::1%eth0', '[::1', '*']],
  [
    'UBIZO_HTTP_PORT',
    ['99999', '-1', '80.5', '0x50', '8e1', ' ', 'eighty', '8080 8081'].filter((each) => each.trim()),
  ],
  ['UBIZO_HTTPS_PORT', ['65536', 'off']],
  ['UBIZO_PUBLIC_PORT', ['0', '70000']],
  ['UBIZO_NAMES', ['a..b', '-box', 'box-', 'a_b', 'http://box', `${'x'.repeat(64)}.local`, 'a,,', 'böx']],
  [
    'UBIZO_OPENAI_URL',
    [
      'ws://',
      'wss://',
      'ws://host:99999',
      'ws://host:0',
      'wss://[::1]:0/v1',
      'wss://a b',
      'wss://[::1',
      'https://x',
      `wss://u:${SECRET}@x`,
      'wss://x/#y',
    ],
  ],
  [
    'UBIZO_SETUP_CODE',
    [
      '------',
      '- - - - - -',
      'ABC-DE',
      '\u200b'.repeat(6),
      '\u3164'.repeat(6),
      `ABCDE\uffa0`,
      'x'.repeat(65),
    ],
  ],
  ['OPENAI_API_KEY', ['sk-with space', 'sk-\u2013', 'sk-\nx']],
  ['UBIZO_LINGER', ['-1', '3601', 'Infinity', 'soon']],
  ['UBIZO_SHARDS', ['65', '1.5']],
  ['UBIZO_MAX_LISTENERS', ['10001', 'all']],
  ['UBIZO_MEDIA_PORTS', ['40000', '80-90', '40100-40000', '60000-70000']],
  ['UBIZO_DATA', ['a\nb']],
])('%s is not taken when it is wrong, and named', (variable, values) => {
  for (const value of values)
    expect(problems({ UBIZO_DATA: folder, [variable]: value }), value).toEqual([
      expect.stringMatching(new RegExp(`^${variable}: must `)),
    ]);
});

test('a number in the file is a number, or one in quotes, and nothing else', async () => {
  await writeFile(file, '{"httpPort":"81","linger":1.5,"shards":2}');
  expect(readSettings({ UBIZO_DATA: folder })).toMatchObject({ httpPort: 81, linger: 1.5, shards: 2 });
  for (const value of ['true', '[]', 'null', '{}', '""', '8080.5']) {
    await writeFile(file, `{"httpPort":${value}}`);
    expect(problems({ UBIZO_DATA: folder }), value).toEqual([
      `${file}: "httpPort": must be a whole number from 0 to 65535`,
    ]);
  }
});

test('settings that are good alone must be so together, and all that quarrel are named', async () => {
  const wrong = (environment: Record<string, string>) => problems({ UBIZO_DATA: folder, ...environment });
  expect(wrong({ UBIZO_CERTIFICATE: '/box.pem' })).toEqual([
    'UBIZO_CERTIFICATE and UBIZO_CERTIFICATE_KEY: the key of the certificate is missing',
  ]);
  expect(wrong({ UBIZO_CERTIFICATE_KEY: '/box.key' })).toEqual([
    'UBIZO_CERTIFICATE_KEY and UBIZO_CERTIFICATE: the certificate of the key is missing',
  ]);
  expect(wrong({ UBIZO_HTTP_PORT: '8443' })).toEqual([
    'UBIZO_HTTP_PORT and UBIZO_HTTPS_PORT: must be two different ports',
  ]);
  expect(wrong({ UBIZO_PUBLIC_PORT: '8443' })).toEqual([
    'UBIZO_PUBLIC_PORT and UBIZO_HTTPS_PORT: must be two different ports',
  ]);
  await writeFile(file, '{"shards":3}');
  expect(wrong({ UBIZO_MEDIA_PORTS: '41000-41001' })).toEqual([
    `UBIZO_MEDIA_PORTS and ${file}: "shards": each of the 3 shards needs a port of its own, and there are 2`,
  ]);
  expect(readSettings({ UBIZO_DATA: folder, UBIZO_MEDIA_PORTS: '41000-41002' }).shards).toBe(3);
  expect(
    readSettings({ UBIZO_SETTINGS: file, UBIZO_HTTP_PORT: '0', UBIZO_HTTPS_PORT: '0' }).httpsPort,
    'any port twice is no quarrel',
  ).toBe(0);
});

test.each([
  ['[::1]', '::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['FD00::0001', 'fd00::1'],
  ['localhost', '127.0.0.1'],
  ['192.168.1.20', '192.168.1.20'],
])('the host %s is %s', (written, address) => {
  expect(readSettings({ UBIZO_DATA: folder, UBIZO_HOST: written }).host).toBe(address);
});

test('ICE servers are addresses, or a list of them with what they ask for', async () => {
  const servers = (UBIZO_ICE_SERVERS: string) =>
    readSettings({ UBIZO_DATA: folder, UBIZO_ICE_SERVERS }).iceServers;
  expect(servers('stun:stun.example.org, stuns:[2001:db8::1]:443')).toEqual([
    { url: 'stun:stun.example.org' },
    { url: 'stuns:[2001:db8::1]:443' },
  ]);
  const urls = ['turn:t.example:3478?transport=tcp', 'turns:t.example'];
  expect(servers(JSON.stringify([{ urls, secret: SECRET }]))).toEqual(
    urls.map((url) => ({ url, secret: SECRET })),
  );
  await writeFile(
    file,
    JSON.stringify({ iceServers: [{ urls: urls[0], username: 'box', credential: SECRET }] }),
  );
  expect(readSettings({ UBIZO_DATA: folder }).iceServers).toEqual([
    { url: urls[0], username: 'box', credential: SECRET },
  ]);
});

test.each([
  ['http://stun.example.org', /an address must be stun:HOST/],
  ['stun:stun.example.org:0', /an address must be stun:HOST/],
  ['stun:a?transport=tcp', /an address must be stun:HOST/],
  ['turn:turn.example.org', /needs a username and a credential, or a secret/],
  [`[{"urls":"turn:a","username":"${SECRET}"}]`, /username and credential go together/],
  [`[{"urls":"turn:a","secret":"${SECRET}","username":"a","credential":"b"}]`, /without a secret/],
  [`[{"urls":"stun:a","password":"${SECRET}"}]`, /nothing else/],
  [`[{"urls":"turn:a","secret":"two words ${SECRET}"}]`, /without spaces/],
  ['[{"urls":', /must be addresses such as/],
  [Array.from({ length: 9 }, (_, at) => `stun:s${at}`).join(' '), /at most 8/],
])('of the ICE servers %s it is said what is wrong', (given, sentence) => {
  const [problem, ...others] = problems({ UBIZO_DATA: folder, UBIZO_ICE_SERVERS: given });
  expect(problem).toMatch(/^UBIZO_ICE_SERVERS: /);
  expect(problem).toMatch(sentence);
  expect(others).toEqual([]);
});
