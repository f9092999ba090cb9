import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  accountsView,
  entranceView,
  passwordCode,
  setupTicket,
  type AccountView,
  type EntranceView,
} from '../../appliance/protocol/accounts.ts';
import { tourDeskView } from '../../appliance/protocol/views.ts';
import { claim, cookieNamed, cookiesFor, cookiesOf, enter, OWNER, PASSWORD } from './guests.ts';
import { OLD_TOWN, problemOf, SETUP_CODE, TestBox } from './test-box.ts';

const ANA = 'ana@example.org';

let box: TestBox;

beforeEach(async () => {
  box = await TestBox.start();
});

afterEach(() => box.stop());

const send = (method: string, path: string, cookie = '', body?: unknown): Promise<Response> =>
  box.call(path, { method, cookie, body });

const entrance = async (cookie: string): Promise<EntranceView> =>
  entranceView.parse(await (await send('GET', '/api/sign-in', cookie)).json());

async function accountOf(owner: string, email: string): Promise<AccountView> {
  const { accounts } = accountsView.parse(await (await send('GET', '/api/accounts', owner)).json());
  const account = accounts.find((each) => each.email === email);
  if (!account) throw new Error(`There is no ${email}.`);
  return account;
}

test('an email that was mistyped makes no account: the box asks first', async () => {
  const owner = cookiesOf(await claim(box));
  for (const role of ['guide', 'attendee', undefined]) {
    const unknown = await enter(box, 'anna@example.org', { create: undefined, role });
    expect(await problemOf(unknown)).toEqual({ status: 404, code: 'account_unknown' });
  }
  const { accounts } = accountsView.parse(await (await send('GET', '/api/accounts', owner)).json());
  expect(accounts.map(({ email }) => email)).toEqual([OWNER]);
  expect((await entrance(owner)).signedIn?.waiting).toBe(0);
});

test('trying which addresses have an account is slowed down like guessing', async () => {
  await claim(box);
  const tries = await Promise.all(
    Array.from({ length: 70 }, (_, at) => enter(box, `guess${at}@example.org`, { create: undefined })),
  );
  expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(10);
});

test('who signs in without saying as what keeps what they are', async () => {
  await claim(box);
  await cookiesFor(box, ANA, { role: 'attendee' });
  const back = await enter(box, ANA, { create: undefined, role: undefined });
  expect(entranceView.parse(await back.json()).signedIn).toMatchObject({ role: 'attendee' });
});

test('a password that everybody has is refused, when an account is made and when one is changed', async () => {
  expect(await problemOf(await claim(box, { password: 'Password123' }))).toEqual({
    status: 400,
    code: 'common_password',
  });
  const owner = cookiesOf(await claim(box));
  expect(await problemOf(await enter(box, ANA, { password: 'password' }))).toMatchObject({
    code: 'common_password',
  });
  const change = { password: 'iloveyou', currentPassword: PASSWORD };
  expect(await problemOf(await send('PATCH', '/api/account', owner, change))).toMatchObject({
    code: 'common_password',
  });
});

test('a guide who waits goes on by themselves once the owner has let them in', async () => {
  const owner = cookiesOf(await claim(box));
  const waiting = await enter(box, ANA);
  expect(await problemOf(waiting)).toEqual({ status: 403, code: 'account_waiting' });
  const ticket = cookiesOf(waiting);
  expect(cookieNamed(ticket, 'ubizo_access'), 'nothing is open yet').toBe('');
  const again = (): Promise<Response> => send('POST', '/api/sign-in/refresh', ticket);
  for (let ask = 0; ask < 3; ask++)
    expect(await problemOf(await again())).toEqual({ status: 403, code: 'account_waiting' });
  expect((await send('GET', '/api/tours', ticket)).status).toBe(401);
  expect(await entrance(ticket)).toMatchObject({ waits: true });
  expect((await entrance(owner)).signedIn?.waiting).toBe(1);
  const { id } = await accountOf(owner, ANA);
  await send('PATCH', `/api/accounts/${id}`, owner, { status: 'active' });
  expect(await entrance(ticket)).not.toHaveProperty('waits');
  const letIn = await again();
  expect(entranceView.parse(await letIn.json()).signedIn).toMatchObject({ role: 'guide' });
  expect((await send('GET', '/api/tours', cookiesOf(letIn))).status).toBe(200);
  expect((await entrance(owner)).signedIn?.waiting).toBe(0);
});

test('a guide who waits and gets hold of the setup code need not wait', async () => {
  await claim(box);
  const ticket = cookiesOf(await enter(box, ANA));
  const bring = (setupCode: string, cookie = ticket): Promise<Response> =>
    send('POST', '/api/sign-in/setup-code', cookie, { setupCode });
  expect(await problemOf(await bring('WRONG234'))).toEqual({ status: 401, code: 'wrong_setup_code' });
  expect(await problemOf(await bring(SETUP_CODE, ''))).toEqual({ status: 401, code: 'not_signed_in' });
  expect((await bring(SETUP_CODE)).status).toBe(204);
  expect((await send('POST', '/api/sign-in/refresh', ticket)).status).toBe(200);
});

test('a guide whom the owner turns away waits no longer', async () => {
  const owner = cookiesOf(await claim(box));
  const ticket = cookiesOf(await enter(box, ANA));
  const { id } = await accountOf(owner, ANA);
  await send('DELETE', `/api/accounts/${id}`, owner);
  expect((await send('POST', '/api/sign-in/refresh', ticket)).status).toBe(401);
});

test('the setup goes on after a reload without the code, and on the secure page by a ticket that is good once', async () => {
  const { ticket } = setupTicket.parse(await (await send('POST', '/api/sign-in/ticket', box.cookie)).json());
  expect((await send('POST', '/api/sign-in/ticket')).status, 'only for who is in').toBe(401);
  const carried = await send('POST', '/api/sign-in', '', { ticket });
  expect(carried.status).toBe(200);
  expect(await problemOf(await send('POST', '/api/sign-in', '', { ticket }))).toMatchObject({ status: 401 });
  expect(await problemOf(await claim(box, { setupCode: undefined }))).toEqual({
    status: 401,
    code: 'wrong_setup_code',
  });
  const claimed = await send('POST', '/api/claim', cookiesOf(carried), { email: OWNER, password: PASSWORD });
  expect(claimed.status).toBe(201);
  const late = await send('POST', '/api/sign-in/ticket', cookiesOf(claimed));
  expect(await problemOf(late)).toEqual({ status: 409, code: 'already_claimed' });
});

test('a forgotten password is replaced by a code from the owner, once', async () => {
  const owner = cookiesOf(await claim(box));
  const before = await cookiesFor(box, ANA, { setupCode: SETUP_CODE });
  const { id } = await accountOf(owner, ANA);
  const own = await accountOf(owner, OWNER);
  expect(await problemOf(await send('POST', `/api/accounts/${own.id}/password-code`, owner))).toMatchObject({
    code: 'forbidden',
  });
  const given = await send('POST', `/api/accounts/${id}/password-code`, owner);
  const { code } = passwordCode.parse(await given.json());
  const reset = (more: object): Promise<Response> =>
    send('POST', '/api/sign-in/password', '', { email: ANA, code, password: 'seven grey cats', ...more });
  for (const wrong of [{ code: 'AAAABBBB' }, { email: 'nobody@example.org' }])
    expect(await problemOf(await reset(wrong))).toEqual({ status: 401, code: 'wrong_password_code' });
  expect(await problemOf(await reset({ password: 'password' })), 'the code is not lost').toMatchObject({
    code: 'common_password',
  });
  const back = await reset({ code: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} ` });
  expect(entranceView.parse(await back.json()).signedIn).toMatchObject({ role: 'guide' });
  expect((await send('GET', '/api/tours', before)).status, 'whoever knew the old one is out').toBe(401);
  expect((await enter(box, ANA)).status).toBe(401);
  expect((await enter(box, ANA, { password: 'seven grey cats' })).status).toBe(200);
  expect(await problemOf(await reset({}))).toEqual({ status: 401, code: 'wrong_password_code' });
});

test('a guessed code is soon worth nothing', async () => {
  const owner = cookiesOf(await claim(box));
  await cookiesFor(box, ANA, { setupCode: SETUP_CODE });
  const { id } = await accountOf(owner, ANA);
  await send('POST', `/api/accounts/${id}/password-code`, owner);
  const guess = { email: ANA, code: 'AAAABBBB', password: 'seven grey cats' };
  for (let at = 0; at < 5; at++) await send('POST', '/api/sign-in/password', '', guess);
  expect((await send('POST', '/api/sign-in/password', '', guess)).status).toBe(429);
});

test.each([
  ['is locked', 'PATCH', { status: 'locked' }, 'account_locked'],
  ['gets another role', 'PATCH', { role: 'attendee' }, 'forbidden'],
  ['is deleted', 'DELETE', undefined, 'account_not_found'],
] as const)('a guide who %s in mid-tour is told why, and the tour goes on', async (_, method, body, code) => {
  const owner = cookiesOf(await claim(box));
  box.cookie = await cookiesFor(box, ANA, { setupCode: SETUP_CODE });
  const tour = await box.createTour();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  const socket = new WebSocket(`${box.url.replace('http', 'ws')}/api/tours/${tour.id}/events`, {
    headers: { cookie: box.cookie },
  });
  const closed = new Promise<[number, string]>((resolve) =>
    socket.on('close', (closing, reason) => resolve([closing, reason.toString()])),
  );
  await new Promise((resolve) => socket.once('message', resolve));
  const { id } = await accountOf(owner, ANA);
  await send(method, `/api/accounts/${id}`, owner, body);
  expect(await closed).toEqual([4401, code]);
  const kept = tourDeskView.parse(await (await send('GET', `/api/tours/${tour.id}`, owner)).json());
  expect(kept).toMatchObject({ state: 'live', ...(method === 'PATCH' && { guide: { name: ANA } }) });
});

test('a new setup code can be taken back for a while', async () => {
  const owner = cookiesOf(await claim(box));
  const path = '/api/device/setup-code';
  expect((await send('DELETE', path, owner)).status, 'there is nothing to take back').toBe(404);
  await send('POST', path, owner);
  expect(await problemOf(await enter(box, ANA, { setupCode: SETUP_CODE }))).toMatchObject({
    code: 'wrong_setup_code',
  });
  expect((await send('DELETE', path, owner)).status).toBe(204);
  expect((await enter(box, ANA, { setupCode: SETUP_CODE })).status).toBe(201);
});

test('a cap is a cap: guides raise it as far as the owner lets them, and a copy is not raised', async () => {
  const owner = cookiesOf(await claim(box, { spendCapUsd: 10 }));
  box.cookie = await cookiesFor(box, ANA, { setupCode: SETUP_CODE });
  const tour = await box.createTour();
  expect(tour).toMatchObject({ spend: { capUsd: 10 }, raisableToUsd: 10 });
  const path = `/api/tours/${tour.id}`;
  const raise = (spendCapUsd: number | null, cookie = box.cookie): Promise<Response> =>
    send('PATCH', path, cookie, { spendCapUsd });
  expect(await problemOf(await raise(10.01))).toEqual({ status: 403, code: 'spend_cap_too_high' });
  const dear = await send('POST', '/api/tours', box.cookie, { ...OLD_TOWN, spendCapUsd: 500 });
  expect((await problemOf(dear)).code).toBe('spend_cap_too_high');
  await send('PATCH', '/api/device', owner, { raisableToUsd: 25 });
  expect((await raise(26)).status).toBe(403);
  expect(tourDeskView.parse(await (await raise(25)).json())).toMatchObject({
    spend: { capUsd: 25 },
    raisableToUsd: 25,
  });
  expect((await box.guide(`${path}/copy`, 'POST')).spend.capUsd).toBe(10);
  expect((await raise(3)).status, 'less is always possible').toBe(200);
  expect((await box.guide(`${path}/copy`, 'POST')).spend.capUsd).toBe(3);
  expect((await raise(400, owner)).status, 'the owner may').toBe(200);
});
