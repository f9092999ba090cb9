import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog, RecentLog } from '../../appliance/log.ts';
import { diagnosticsView, tourDiagnosticsView } from '../../appliance/protocol/diagnostics.ts';
import { joinAnswer, type JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { claim, cookiesOf } from './guests.ts';
import { OLD_TOWN, SETUP_CODE, TestBox } from './test-box.ts';

const NAME = 'Zebedäus Quint';
const KEY = 'sk-test-0123456789';
const ICE = 'stun:stun.quint.example';

let box: TestBox;
let tour: TourDeskView;
let visitor: JoinAnswer;
let phone: PhoneClient;

const recent = new RecentLog();
const log = createLog({ level: 'trace', recent, out: { write: () => undefined } });

/** A box of which everything that is personal is set: its owner, a tour, its code, a visitor who listens. */
beforeAll(async () => {
  box = await TestBox.start(
    {
      OPENAI_API_KEY: KEY,
      UBIZO_INTERPRETER: 'none',
      UBIZO_NAMES: 'quint.example',
      UBIZO_ICE_SERVERS: JSON.stringify([{ urls: ICE }]),
    },
    log,
    recent,
  );
  box.cookie = cookiesOf(await claim(box, { name: NAME }));
  tour = await box.createTour({ ...OLD_TOWN, name: `${NAME}’s walk`, entryCode: 'PLAZA7' });
  await box.createTour();
  const body = { code: tour.code, language: 'es', name: NAME, entryCode: 'PLAZA7' };
  visitor = joinAnswer.parse(await (await box.call('/api/join', { method: 'POST', body })).json());
  phone = new PhoneClient({ direction: 'recvonly' });
  const offer = await box.call(visitor.whep, {
    method: 'POST',
    token: visitor.token,
    headers: { 'content-type': 'application/sdp' },
    body: await phone.offer(),
  });
  await phone.accept(await offer.text());
  await phone.connected();
  log.warn({ err: new Error('connect ECONNREFUSED 192.168.7.20:443'), mail: 'zebedaeus@quint.example' }, 'x');
  log.warn({ from: 'fe80::1ff:fe23:4567:890a', phone: '02:00:5e:10:00:0a', home: '/home/quint/data' }, 'y');
});

afterAll(async () => {
  await phone.close();
  await box.stop();
});

const get = (path: string): Promise<Response> => box.call(path, { cookie: box.cookie });

const secrets = (): string[] => [
  NAME,
  'Quint',
  'quint',
  'zebedaeus',
  tour.id,
  tour.code,
  'PLAZA7',
  KEY,
  SETUP_CODE,
  visitor.token,
  box.cookie.split('=')[1] ?? '',
  '127.0.0.1',
  '192.168.7.20',
  'fe80::',
  '02:00:5e',
];

test('the owner sees in one answer how the box works', async () => {
  const view = diagnosticsView.parse(await (await get('/api/diagnostics')).json());
  expect(view.tours.map(({ tour: number, state }) => [number, state])).toEqual([
    [1, 'ready'],
    [2, 'ready'],
  ]);
  expect(view.connections).toMatchObject([{ state: 'connected', waiting: false, language: 'es' }]);
  expect(view.pool).toMatchObject({ listeners: 1, waiting: 0 });
  expect(view.pool.shards.reduce((sum, { connections }) => sum + connections, 0)).toBe(1);
  expect(view.attempts).toEqual({ connected: 1, failed: 0, refused: 0 });
  expect(view.health).toMatchObject({ storage: { ok: true }, listeners: { ok: true, detail: '1' } });
  expect(view.settings).toMatchObject({
    interpreter: 'none',
    openaiApiKey: 'set',
    setupCode: 'set',
    iceServers: 'set',
    names: 'set',
    data: 'set',
  });
  expect(view.log.some((line) => line.includes('"msg":"ready"'))).toBe(true);
  expect(view.log.some((line) => line.includes('connect ECONNREFUSED [address]:443'))).toBe(true);
});

test('a guide sees of their own tour all of that, and of others nothing', async () => {
  const text = await (await get(`/api/tours/${tour.id}/diagnostics`)).text();
  const view = tourDiagnosticsView.parse(JSON.parse(text));
  expect(view.tours.map(({ sessions }) => sessions.map(({ language }) => language))).toEqual([
    ['en', 'es', 'fr'],
  ]);
  expect(view.connections).toHaveLength(1);
  expect(view).not.toHaveProperty('log');
  expect(view).not.toHaveProperty('settings');
});

test('the report that an owner hands on names nobody, no door and no network', async () => {
  const answer = await get('/api/diagnostics.zip');
  expect(answer.headers.get('content-type')).toBe('application/zip');
  expect(answer.headers.get('content-disposition')).toMatch(/filename="ubizo-diagnostics-[-\d]+\.zip"/);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  expect(Object.keys(files).toSorted()).toEqual([
    'README.txt',
    'diagnostics.json',
    'last-hour.json',
    'log.ndjson',
    'metrics.txt',
  ]);
  const text = Object.values(files)
    .map((file) => strFromU8(file))
    .join('\n');
  expect(text).toContain('ubizo_listeners 1');
  expect(text).toContain('[hardware address]');
  for (const secret of secrets()) expect(text, secret).not.toContain(secret);
});

test('of the log the last 500 lines are kept, and none without an end', () => {
  const kept = new RecentLog();
  for (let line = 0; line < 600; line++) kept.write(`${line}\n`);
  expect(kept.lines).toHaveLength(500);
  expect([kept.lines.at(0), kept.lines.at(-1)]).toEqual(['100', '599']);
  kept.write('x'.repeat(100_000));
  expect(kept.lines.at(-1)?.length).toBeLessThan(5_000);
});
