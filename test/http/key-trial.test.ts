import { afterEach, beforeEach, expect, test } from 'vitest';
import { deviceView } from '../../appliance/protocol/accounts.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { problemOf, SETUP_CODE, TestBox } from './test-box.ts';

const KEY = 'sk-owner-0123456789';
const OTHER = 'sk-other-0123456789';
const OWNER = { setupCode: SETUP_CODE, email: 'owner@example.com', password: 'seven old lanterns' };

let server: RealtimeServer;
let box: TestBox;

beforeEach(async () => {
  server = new RealtimeServer({ updateMs: 5, apiKey: KEY });
  await server.start();
  box = await TestBox.start({ UBIZO_INTERPRETER: 'auto', UBIZO_OPENAI_URL: server.url });
});

afterEach(async () => {
  await box.stop();
  await server.stop();
});

const claim = (change: object = {}): Promise<Response> =>
  box.call('/api/claim', { method: 'POST', body: { ...OWNER, ...change } });

async function own(): Promise<void> {
  const cookies = (await claim()).headers.getSetCookie();
  box.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

const save = (body: object): Promise<Response> =>
  box.call('/api/device', { method: 'PATCH', cookie: box.cookie, body });

const saved = async (response: Response) => deviceView.parse(await response.json());

test('a key is tried when it is saved: accepted, refused, or nobody there to ask', async () => {
  await own();
  expect(await saved(await save({ openaiKey: KEY }))).toMatchObject({
    openaiKey: 'saved',
    keyTrial: { kind: 'accepted' },
  });
  await save({ openaiKey: null });
  const refused = await save({ openaiKey: OTHER, name: 'Harbour' });
  expect(await problemOf(refused)).toEqual({ status: 422, code: 'key_refused' });
  const now = await saved(await box.call('/api/device', { cookie: box.cookie }));
  expect([now.openaiKey, now.name], 'nothing of it was saved').toEqual(['none', 'Ubizo']);
  expect(now).not.toHaveProperty('keyTrial');

  expect(await saved(await save({ openaiKey: OTHER, insist: true })), 'the owner insists').toMatchObject({
    openaiKey: 'saved',
    keyTrial: { kind: 'refused', problem: { code: 'interpreter_key_refused' } },
  });
  server.noQuota('upgrade');
  expect(await saved(await save({ openaiKey: KEY })), 'a good key of an empty account').toMatchObject({
    keyTrial: { kind: 'accepted', problem: { code: 'interpreter_no_quota' } },
  });
  await server.stop();
  expect(await saved(await save({ openaiKey: OTHER }))).toMatchObject({
    openaiKey: 'saved',
    keyTrial: { kind: 'unreachable', problem: { code: 'interpreter_unreachable' } },
  });
});

test('a box is not claimed with a key that is refused, unless the owner insists', async () => {
  expect(await problemOf(await claim({ setupCode: 'WRONG234', openaiKey: KEY }))).toMatchObject({
    code: 'wrong_setup_code',
  });
  expect(server.sessions, 'no stranger tries keys here').toHaveLength(0);
  expect(await problemOf(await claim({ openaiKey: OTHER }))).toEqual({ status: 422, code: 'key_refused' });
  expect(await (await box.call('/api/sign-in')).json()).toMatchObject({ claimed: false });
  const insisted = await claim({ openaiKey: OTHER, insist: true });
  expect([insisted.status, await insisted.json()]).toMatchObject([201, { keyTrial: { kind: 'refused' } }]);
});

test('who claims a box with a key that nobody could try is told so', async () => {
  await server.stop();
  const claimed = await claim({ openaiKey: KEY });
  expect([claimed.status, await claimed.json()]).toMatchObject([
    201,
    { claimed: true, keyTrial: { kind: 'unreachable' } },
  ]);
});

test.each(['hello', 'sk-“quoted-0123”'])('“%s” does not look like a key', async (key) => {
  await own();
  expect(await problemOf(await save({ openaiKey: key }))).toEqual({ status: 400, code: 'bad_request' });
  expect(server.sessions).toHaveLength(0);
});
