import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { lanAddresses } from '../../appliance/network/addresses.ts';
import {
  accountsView,
  accountView,
  type AccountView,
  deviceView,
  entranceView,
  type EntranceView,
} from '../../appliance/protocol/accounts.ts';
import { joinAnswer } from '../../appliance/protocol/requests.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { claim, cookieNamed, cookiesFor, cookiesOf, enter, OWNER, PASSWORD } from './guests.ts';
import { problemOf, SETUP_CODE, TestBox } from './test-box.ts';

let box: TestBox;
/** The owner's cookies. */
let owner: string;

beforeEach(async () => {
  box = await TestBox.start();
});

afterEach(() => box.stop());

async function claimed(): Promise<void> {
  owner = cookiesOf(await claim(box));
  box.cookie = owner;
}

const entrance = async (cookie = ''): Promise<EntranceView> =>
  entranceView.parse(await (await box.call('/api/sign-in', { cookie })).json());

const send = (method: string, path: string, cookie: string, body?: unknown): Promise<Response> =>
  box.call(path, { method, cookie, body });

const refresh = (cookies: string): Promise<Response> => send('POST', '/api/sign-in/refresh', cookies);

test('a new box is claimed with its setup code, named, and set up in one go', async () => {
  expect(await entrance()).toMatchObject({ claimed: false, passwordsHere: true });
  const more = {
    name: 'Harbour',
    openaiKey: 'sk-secret-123',
    spendCapUsd: 12,
    retention: { transcriptDays: 7, recordings: false },
  };
  expect(await problemOf(await claim(box, { setupCode: 'WRONG234' }))).toEqual({
    status: 401,
    code: 'wrong_setup_code',
  });
  expect(await problemOf(await claim(box, { password: 'short' }))).toEqual({
    status: 400,
    code: 'weak_password',
  });
  expect(await problemOf(await claim(box, { email: 'nobody' }))).toEqual({
    status: 400,
    code: 'bad_request',
  });
  const response = await claim(box, more);
  expect(response.status).toBe(201);
  const view = entranceView.parse(await response.json());
  expect(view).toMatchObject({
    claimed: true,
    signedIn: { role: 'owner', account: { email: OWNER, status: 'active' } },
  });
  const text = await (await box.call('/api/device', { cookie: cookiesOf(response) })).text();
  expect(deviceView.parse(JSON.parse(text))).toMatchObject({
    name: 'Harbour',
    openaiKey: 'saved',
    spendCapUsd: 12,
    retention: { transcriptDays: 7 },
  });
  expect(text).not.toContain('sk-secret');
  expect(await problemOf(await claim(box, { email: 'thief@example.org' }))).toEqual({
    status: 409,
    code: 'already_claimed',
  });
});

test('once the box is claimed, the setup code alone opens nothing, and who came in by it is out', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  const before = box.cookie;
  await claimed();
  expect(await desk.closed()).toBe(4401);
  expect(desk.events.at(-1)).toMatchObject({ type: 'error', code: 'not_signed_in' });
  expect((await box.call('/api/tours', { cookie: before })).status).toBe(401);
  const alone = await send('POST', '/api/sign-in', '', { setupCode: SETUP_CODE });
  expect(await problemOf(alone)).toEqual({ status: 409, code: 'already_claimed' });
  const { tours } = (await (await box.call('/api/tours', { cookie: owner })).json()) as {
    tours: { id: string }[];
  };
  expect(
    tours.map(({ id }) => id),
    'what was made before is the owner’s',
  ).toEqual([tour.id]);
});

test('the cookies are the box’s alone, and the one that refreshes goes where it is needed', async () => {
  const set = (await claim(box)).headers.getSetCookie();
  expect(set).toHaveLength(2);
  expect(set[0]).toMatch(/^ubizo_access=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=900$/);
  expect(set[1]).toMatch(
    /^ubizo_refresh=[^;]+; Path=\/api\/sign-in; HttpOnly; SameSite=Strict; Max-Age=2592000$/,
  );
  const {
    exp = 0,
    iat = 0,
    ...claims
  } = decodeJwt(cookieNamed(cookiesOf(await enter(box, OWNER)), 'ubizo_access'));
  expect(exp - iat).toBe(900);
  expect(Object.keys(claims).toSorted(), 'no name and no address in it').toEqual([
    'account',
    'aud',
    'iss',
    'jti',
    'session',
  ]);
});

test('an email address is the same in any case, and what is wrong is said plainly', async () => {
  await claimed();
  expect((await enter(box, ' Owner@Example.ORG ')).status).toBe(200);
  expect(await problemOf(await enter(box, OWNER, { password: 'not this one' }))).toEqual({
    status: 401,
    code: 'wrong_password',
  });
  expect(await problemOf(await enter(box, 'new@example.org', { role: 'owner' }))).toEqual({
    status: 401,
    code: 'wrong_password',
  });
  expect(await problemOf(await enter(box, 'new@example.org', { password: 'x' }))).toEqual({
    status: 400,
    code: 'weak_password',
  });
  expect(await problemOf(await enter(box, 'new@example.org'))).toEqual({
    status: 403,
    code: 'account_waiting',
  });
  const made = await enter(box, 'visitor@example.org', { role: 'attendee' });
  expect(made.status).toBe(201);
  expect(entranceView.parse(await made.json()).signedIn).toMatchObject({ role: 'attendee' });
});

test('five wrong passwords are enough', async () => {
  await claimed();
  for (let wrong = 0; wrong < 5; wrong++) await enter(box, OWNER, { password: 'not this one' });
  const stopped = await enter(box, OWNER);
  expect(stopped.headers.get('retry-after')).toBe('30');
  expect(await problemOf(stopped)).toEqual({ status: 429, code: 'too_many_attempts' });
});

test('a refresh token that is used again later ends the session for good', async () => {
  await claimed();
  const stolen = owner;
  const next = cookiesOf(await refresh(stolen));
  const last = cookiesOf(await refresh(next));
  expect(cookieNamed(last, 'ubizo_refresh')).not.toBe(cookieNamed(next, 'ubizo_refresh'));
  expect((await entrance(last)).signedIn).toBeDefined();
  const again = await refresh(stolen);
  expect(await problemOf(again)).toEqual({ status: 401, code: 'not_signed_in' });
  expect(again.headers.getSetCookie().every((cookie) => cookie.includes('Max-Age=0'))).toBe(true);
  expect((await refresh(last)).status, 'the newest is as dead').toBe(401);
  expect((await entrance(last)).signedIn, 'and so is the access').toBeUndefined();
});

test('a session that was planted beforehand is not the one that is signed in to (fixation)', async () => {
  await claimed();
  const planted = await cookiesFor(box, 'thief@example.org', { role: 'attendee' });
  const response = await box.call('/api/sign-in', {
    method: 'POST',
    cookie: planted,
    body: { email: OWNER, password: PASSWORD, role: 'owner' },
  });
  for (const name of ['ubizo_access', 'ubizo_refresh'])
    expect(cookieNamed(cookiesOf(response), name)).not.toBe(cookieNamed(planted, name));
  expect((await entrance(planted)).signedIn, 'what was planted is over').toBeUndefined();
  expect((await refresh(planted)).status).toBe(401);
  const chosen = `ubizo_access=mine; ubizo_refresh=${'x'.repeat(21)}.mine`;
  const opened = cookiesOf(
    await box.call('/api/sign-in', {
      method: 'POST',
      cookie: chosen,
      body: { email: OWNER, password: PASSWORD, role: 'owner' },
    }),
  );
  expect(opened).not.toContain('mine');
});

test('a page of another site gets no cookie to work for it (CSRF)', async () => {
  await claimed();
  const forbidden = { status: 403, code: 'forbidden' };
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])
    for (const [method, path] of [
      ['POST', '/api/sign-in/refresh'],
      ['DELETE', '/api/sign-in'],
      ['PATCH', '/api/device'],
      ['POST', '/api/claim'],
    ] as const)
      expect(await problemOf(await box.call(path, { method, cookie: owner, headers })), path).toEqual(
        forbidden,
      );
  expect((await entrance(owner)).signedIn).toBeDefined();
  const form = await box.call('/api/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ email: OWNER, password: PASSWORD, role: 'owner' }),
  });
  expect(await problemOf(form), 'what a form can send').toEqual({
    status: 415,
    code: 'unsupported_media_type',
  });
  const tour = await box.createTour();
  const socket = new WebSocket(`${box.url.replace('http', 'ws')}/api/tours/${tour.id}/events`, {
    headers: { cookie: owner, origin: 'http://evil.example' },
  });
  socket.on('error', () => undefined);
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_, response) => resolve(response.statusCode));
    socket.once('open', () => resolve(101));
  });
  expect(status).toBe(403);
});

test('who signs out is out at once, desk and all; everywhere means everywhere', async () => {
  await claimed();
  const tour = await box.createTour();
  const [phone, tablet, laptop] = [
    await cookiesFor(box, OWNER),
    await cookiesFor(box, OWNER),
    await cookiesFor(box, OWNER),
  ];
  box.cookie = phone;
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  expect((await send('DELETE', '/api/sign-in', phone)).status).toBe(204);
  expect(await desk.closed()).toBe(4401);
  expect((await entrance(phone)).signedIn).toBeUndefined();
  expect((await refresh(phone)).status).toBe(401);
  expect((await entrance(tablet)).signedIn).toBeDefined();
  await send('DELETE', '/api/sign-in?everywhere=yes', tablet);
  for (const cookies of [tablet, laptop, owner]) expect((await entrance(cookies)).signedIn).toBeUndefined();
  expect((await send('DELETE', '/api/sign-in', '')).status, 'of nobody').toBe(204);
});

test('who signs out after their access has run out is out all the same', async () => {
  await claimed();
  const refreshOnly = `ubizo_refresh=${cookieNamed(owner, 'ubizo_refresh')}`;
  expect((await send('DELETE', '/api/sign-in', refreshOnly)).status).toBe(204);
  expect((await refresh(owner)).status).toBe(401);
});

test('a person changes their name, language and password, and leaves', async () => {
  await claimed();
  const guide = await cookiesFor(box, 'ana@example.org', { setupCode: SETUP_CODE });
  const elsewhere = await cookiesFor(box, 'ana@example.org');
  const named = await send('PATCH', '/api/account', guide, { name: 'Ana', language: 'es' });
  expect(accountView.parse(await named.json())).toMatchObject({ name: 'Ana', language: 'es', role: 'guide' });
  const unproven = await send('PATCH', '/api/account', guide, { password: 'another long one' });
  expect(await problemOf(unproven)).toEqual({ status: 401, code: 'wrong_password' });
  const weak = await send('PATCH', '/api/account', guide, { password: 'x', currentPassword: PASSWORD });
  expect(await problemOf(weak)).toEqual({ status: 400, code: 'weak_password' });
  const changed = await send('PATCH', '/api/account', guide, {
    password: 'another long one',
    currentPassword: PASSWORD,
  });
  expect(changed.status).toBe(200);
  expect((await entrance(guide)).signedIn, 'here they stay').toBeDefined();
  expect((await entrance(elsewhere)).signedIn, 'everywhere else they are out').toBeUndefined();
  expect((await enter(box, 'ana@example.org')).status).toBe(401);
  const wrong = await send('DELETE', '/api/account', guide, { password: PASSWORD });
  expect(await problemOf(wrong)).toEqual({ status: 401, code: 'wrong_password' });
  expect((await send('DELETE', '/api/account', guide, { password: 'another long one' })).status).toBe(204);
  expect((await entrance(guide)).signedIn).toBeUndefined();
});

test('nobody makes themselves more than they are', async () => {
  await claimed();
  const guide = await cookiesFor(box, 'ana@example.org', { setupCode: SETUP_CODE });
  const greedy = await send('PATCH', '/api/account', guide, {
    name: 'Ana',
    role: 'owner',
    status: 'active',
    id: 'x',
  });
  expect(accountView.parse(await greedy.json())).toMatchObject({ role: 'guide' });
  expect((await send('PATCH', '/api/accounts/x', guide, { role: 'owner' })).status).toBe(403);
});

test('the owner lets guides in, locks them out, and always stays', async () => {
  await claimed();
  await enter(box, 'ana@example.org');
  const list = async (): Promise<AccountView[]> =>
    accountsView.parse(await (await box.call('/api/accounts', { cookie: owner })).json()).accounts;
  const [, ana] = await list();
  expect(ana).toMatchObject({ email: 'ana@example.org', status: 'waiting' });
  const path = `/api/accounts/${ana?.id}`;
  expect((await send('PATCH', path, owner, { status: 'active' })).status).toBe(200);
  const guide = await cookiesFor(box, 'ana@example.org');
  box.cookie = guide;
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  await send('PATCH', path, owner, { status: 'locked' });
  expect(await desk.closed()).toBe(4401);
  expect(desk.events.at(-1)).toMatchObject({ type: 'error', code: 'account_locked' });
  expect(await problemOf(await box.call('/api/tours', { cookie: guide }))).toEqual({
    status: 403,
    code: 'account_locked',
  });
  expect((await refresh(guide)).status).toBe(401);
  expect(await problemOf(await enter(box, 'ana@example.org'))).toEqual({
    status: 403,
    code: 'account_locked',
  });
  const [self] = await list();
  for (const change of [{ role: 'guide' }, { status: 'locked' }])
    expect(await problemOf(await send('PATCH', `/api/accounts/${self?.id}`, owner, change))).toEqual({
      status: 409,
      code: 'last_owner',
    });
  expect((await send('DELETE', path, owner)).status).toBe(204);
  expect((await list()).map(({ email }) => email)).toEqual([OWNER]);
  const kept = await box.call(`/api/tours/${tour.id}`, { cookie: owner });
  expect(kept.status, 'the tour stays, with the owner').toBe(200);
});

test('a guide’s phone stays the microphone when they sign out, and not when they are locked out', async () => {
  await claimed();
  const guide = await cookiesFor(box, 'ana@example.org', { setupCode: SETUP_CODE });
  box.cookie = guide;
  const tour = await box.createTour();
  const phone = new PhoneClient({ direction: 'sendonly' });
  try {
    const answer = await box.call(`/whip/floor?tour=${tour.id}`, {
      method: 'POST',
      cookie: guide,
      body: await phone.offer(),
      headers: { 'content-type': 'application/sdp' },
    });
    await phone.accept(await answer.text());
    await phone.connected();
    box.cookie = owner;
    const microphone = async (): Promise<string> =>
      (await box.guide(`/api/tours/${tour.id}`)).microphone.state;
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await vi.waitFor(async () => expect(await microphone()).toBe('open'));
    await send('DELETE', '/api/sign-in?everywhere=yes', guide);
    expect(await microphone(), 'the voice goes on').toBe('open');
    const { accounts } = accountsView.parse(
      await (await box.call('/api/accounts', { cookie: owner })).json(),
    );
    const ana = accounts.find(({ email }) => email === 'ana@example.org');
    await send('PATCH', `/api/accounts/${ana?.id}`, owner, { status: 'locked' });
    expect(await microphone()).toBe('waiting');
  } finally {
    await phone.close();
  }
});

test('the owner sets the box; a key goes in and never comes out', async () => {
  await claimed();
  const patch = async (body: object): Promise<string> =>
    (await send('PATCH', '/api/device', owner, body)).text();
  const text = await patch({
    name: 'Harbour',
    openaiKey: 'sk-secret-123',
    spendCapUsd: 5,
    passwordsOverHttp: true,
  });
  expect(deviceView.parse(JSON.parse(text))).toMatchObject({
    name: 'Harbour',
    openaiKey: 'saved',
    spendCapUsd: 5,
    passwordsOverHttp: true,
  });
  expect(text).not.toContain('secret');
  await box.restart();
  const after = deviceView.parse(await (await box.call('/api/device', { cookie: owner })).json());
  expect(after).toMatchObject({ name: 'Harbour', openaiKey: 'saved' });
  expect(deviceView.parse(JSON.parse(await patch({ openaiKey: null, spendCapUsd: null })))).toMatchObject({
    openaiKey: 'none',
    spendCapUsd: null,
  });
});

test('a new setup code is shown once, and the one on the label makes no guide any more', async () => {
  await claimed();
  const { setupCode } = (await (await send('POST', '/api/device/setup-code', owner)).json()) as {
    setupCode: string;
  };
  expect(setupCode).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
  await box.restart();
  const withOld = await enter(box, 'ana@example.org', { setupCode: SETUP_CODE });
  expect(await problemOf(withOld)).toEqual({ status: 401, code: 'wrong_setup_code' });
  expect((await enter(box, 'ana@example.org', { setupCode })).status).toBe(201);
});

test('a visitor with an account is known by name and language the next time', async () => {
  await claimed();
  const tour = await box.createTour();
  const cookie = await cookiesFor(box, 'visitor@example.org', { role: 'attendee' });
  const join = (body: object): Promise<Response> =>
    box.call('/api/join', { method: 'POST', cookie, body: { code: tour.code, ...body } });
  await join({ language: 'es', name: 'Ana' });
  const account = async (): Promise<unknown> => (await entrance(cookie)).signedIn?.account;
  await vi.waitFor(async () => expect(await account()).toMatchObject({ name: 'Ana', language: 'es' }));
  const again = joinAnswer.parse(await (await join({ language: 'fr' })).json());
  await vi.waitFor(async () => expect(await account()).toMatchObject({ name: 'Ana', language: 'fr' }));
  const page = box.attendeePage(again);
  await page.snapshot();
  const desk = box.guidePage(tour.id);
  expect(await desk.snapshot()).toMatchObject({
    tour: {
      attendees: expect.arrayContaining([
        expect.objectContaining({ name: 'Ana', language: 'fr' }),
      ]) as unknown,
    },
  });
});

test('with new keys everyone is signed out, the owner too, and signs in again', async () => {
  await claimed();
  expect((await send('POST', '/api/device/keys', owner)).status).toBe(204);
  expect((await entrance(owner)).signedIn).toBeUndefined();
  expect((await refresh(owner)).status).toBe(401);
  expect((await enter(box, OWNER)).status).toBe(200);
});

test('over the Wi-Fi in clear no password is taken, unless the owner lets it', async () => {
  const [address] = lanAddresses();
  if (address === undefined) return;
  await box.restart({ UBIZO_HOST: '0.0.0.0' });
  const port = new URL(box.url).port;
  const call = (path: string, body: object): Promise<Response> =>
    fetch(`http://${address}:${port}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const refused = { status: 403, code: 'insecure_connection' };
  const person = { email: OWNER, password: PASSWORD };
  expect(await problemOf(await call('/api/claim', { ...person, setupCode: SETUP_CODE }))).toEqual(refused);
  await claimed();
  expect(await problemOf(await call('/api/sign-in', { ...person, role: 'owner' }))).toEqual(refused);
  const view = entranceView.parse(await (await fetch(`http://${address}:${port}/api/sign-in`)).json());
  expect(view.passwordsHere).toBe(false);
  await send('PATCH', '/api/device', owner, { passwordsOverHttp: true });
  expect((await call('/api/sign-in', { ...person, role: 'owner' })).status).toBe(200);
});

test('a box whose owner has forgotten the password is claimed anew, and keeps its tours and guides', async () => {
  await claimed();
  const tour = await box.createTour();
  await enter(box, 'guide@example.org', { setupCode: SETUP_CODE });
  const request = join(box.data, 'new-owner');
  await box.restart({}, () => writeFile(request, ''));

  await expect(access(request), 'asked once, done once').rejects.toThrow();
  expect(await entrance(owner)).toMatchObject({ claimed: false });
  expect((await send('GET', '/api/tours', owner)).status, 'the old sign-in is over').toBe(401);
  const next = cookiesOf(await claim(box, { email: 'next@example.org' }));
  const { tours } = (await (await send('GET', '/api/tours', next)).json()) as { tours: { id: string }[] };
  expect(tours.map(({ id }) => id)).toEqual([tour.id]);
  const { accounts } = accountsView.parse(await (await send('GET', '/api/accounts', next)).json());
  expect(accounts.map(({ email, role, status }) => [email, role, status])).toEqual([
    [OWNER, 'guide', 'locked'],
    ['guide@example.org', 'guide', 'active'],
    ['next@example.org', 'owner', 'active'],
  ]);
  expect((await enter(box, OWNER)).status, 'a forgotten password that is found again opens nothing').toBe(
    403,
  );
});
