import { decodeJwt, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Permission } from '../../appliance/http/route.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { claim, cookieNamed, cookiesFor, cookiesOf, keyOf, OWNER } from './guests.ts';
import { problemOf, SETUP_CODE, TestBox } from './test-box.ts';

/** Everything that there is to call, by whom. A new route fails this test until it is written down here. */
const TABLE: readonly (readonly [Permission['who'], Permission['method'], string])[] = [
  ['anyone', 'GET', '/healthz'],
  ['anyone', 'GET', '/metrics'],
  ['anyone', 'GET', '/ubizo.crt'],
  ['anyone', 'POST', '/api/claim'],
  ['anyone', 'GET', '/api/sign-in'],
  ['anyone', 'POST', '/api/sign-in'],
  ['anyone', 'POST', '/api/sign-in/refresh'],
  ['anyone', 'POST', '/api/sign-in/password'],
  ['anyone', 'POST', '/api/sign-in/setup-code'],
  ['guide', 'POST', '/api/sign-in/ticket'],
  ['anyone', 'DELETE', '/api/sign-in'],
  ['signed-in', 'PATCH', '/api/account'],
  ['signed-in', 'DELETE', '/api/account'],
  ['owner', 'GET', '/api/accounts'],
  ['owner', 'PATCH', '/api/accounts/:id'],
  ['owner', 'DELETE', '/api/accounts/:id'],
  ['owner', 'POST', '/api/accounts/:id/password-code'],
  ['owner', 'GET', '/api/device'],
  ['owner', 'PATCH', '/api/device'],
  ['owner', 'POST', '/api/device/setup-code'],
  ['owner', 'DELETE', '/api/device/setup-code'],
  ['anyone', 'GET', '/api/live'],
  ['anyone', 'GET', '/api/tours/by-code/:code'],
  ['anyone', 'POST', '/api/join'],
  ['guide', 'GET', '/api/box'],
  ['guide', 'GET', '/api/box/state'],
  ['guide', 'POST', '/api/box/wifi'],
  ['owner', 'GET', '/api/box/check-up'],
  ['owner', 'GET', '/api/box/last-hour'],
  ['owner', 'GET', '/api/diagnostics'],
  ['owner', 'GET', '/api/diagnostics.zip'],
  ['owner', 'POST', '/api/box/check-up'],
  ['guide', 'GET', '/api/tours'],
  ['guide', 'POST', '/api/tours'],
  ['guide', 'GET', '/api/tours/:id'],
  ['guide', 'PATCH', '/api/tours/:id'],
  ['guide', 'DELETE', '/api/tours/:id'],
  ['guide', 'POST', '/api/tours/:id/copy'],
  ['guide', 'POST', '/api/tours/:id/start'],
  ['guide', 'POST', '/api/tours/:id/pause'],
  ['guide', 'POST', '/api/tours/:id/resume'],
  ['guide', 'POST', '/api/tours/:id/end'],
  ['guide', 'DELETE', '/api/tours/:id/attendees/:attendee'],
  ['guide', 'GET', '/api/tours/:id/publishing-token'],
  ['guide', 'POST', '/api/tours/:id/publishing-token'],
  ['guide', 'DELETE', '/api/tours/:id/publishing-token'],
  ['guide', 'GET', '/api/tours/:id/diagnostics'],
  ['guide', 'GET', '/api/tours/:id/quality'],
  ['guide', 'GET', '/api/tours/:id/transcripts'],
  ['guide', 'GET', '/api/tours/:id/transcripts/:language'],
  ['guide', 'DELETE', '/api/tours/:id/transcripts'],
  ['guide', 'POST', '/api/tours/:id/sound-check'],
  ['guide', 'GET', '/api/tours/:id/sound-check'],
  ['guide', 'GET', '/api/tours/:id/sound-check/:language'],
  ['guide', 'DELETE', '/api/tours/:id/sound-check'],
  ['attendee', 'GET', '/api/visits/:tour/transcript'],
  ['attendee', 'GET', '/api/visits/:tour/connection'],
  ['attendee', 'POST', '/api/visits/:tour/rating'],
  ['attendee', 'POST', '/api/visits/:tour/questions'],
  ['attendee', 'DELETE', '/api/visits/:tour/questions/:question'],
  ['guide', 'GET', '/api/tours/:id/questions'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/show'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/hide'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/restore'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/answer'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/done'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/later'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/seen'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/block'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/unblock'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/reply'],
  ['guide', 'POST', '/api/tours/:id/questions/:question/merge'],
  ['guide', 'POST', '/api/tours/:id/chat'],
  ['guide', 'PATCH', '/api/tours/:id/chat/:message'],
  ['guide', 'DELETE', '/api/tours/:id/chat/:message'],
  ['attendee', 'POST', '/whep/:tour'],
  ['attendee', 'PATCH', '/whep/:tour/:listener'],
  ['attendee', 'DELETE', '/whep/:tour/:listener'],
  ['guide', 'POST', '/whep/desk'],
  ['guide', 'PATCH', '/whep/desk/:tour/:listener'],
  ['guide', 'DELETE', '/whep/desk/:tour/:listener'],
  ['guide or publisher', 'POST', '/whip/floor'],
  ['guide or publisher', 'PATCH', '/whip/floor/:tour/:phone'],
  ['guide or publisher', 'DELETE', '/whip/floor/:tour/:phone'],
  ['attendee', 'POST', '/whip/floor/ask'],
  ['attendee', 'PATCH', '/whip/floor/ask/:tour/:voice'],
  ['attendee', 'DELETE', '/whip/floor/ask/:tour/:voice'],
  ['anyone', 'GET', '/listen/:code/:file'],
  ['guide or attendee', 'GET', '/api/tours/:id/events'],
  ['guide or attendee', 'POST', '/api/tours/:id/events/:stream'],
  ['attendee', 'WebSocket', '/api/tours/:id/sound'],
  ['guide or publisher', 'WebSocket', '/api/tours/:id/microphone'],
  ['guide or attendee', 'WebSocket', '/api/tours/:id/events'],
  ['anyone', 'WebSocket', '/api/live/events'],
  // Last: afterwards no token is good.
  ['owner', 'POST', '/api/device/keys'],
];

/** How someone shows who they are. */
type Shown = { readonly cookie?: string; readonly token?: string };

const GUIDE = 'guide@example.org';
const OTHER = 'other@example.org';
const VISITOR = 'visitor@example.org';

let box: TestBox;
let tour: TourDeskView;
/** By what is wrong with them. */
const nobody = new Map<string, Shown>();
let elsewhere: Shown;
let here: Shown;

beforeAll(async () => {
  box = await TestBox.start();
  const setup = box.cookie;
  box.cookie = cookiesOf(await claim(box));
  const guide = await cookiesFor(box, GUIDE, { setupCode: SETUP_CODE });
  await cookiesFor(box, OTHER, { setupCode: SETUP_CODE });
  await cookiesFor(box, VISITOR, { role: 'attendee' });
  tour = await newTour(guide);
  here = { token: (await box.join(tour.code, 'es')).token };
  elsewhere = { token: (await box.join((await newTour(guide)).code, 'es')).token };
  await forge(guide);
  nobody.set('nothing', {});
  nobody.set('the setup code’s cookie of before the claim', { cookie: setup });
  nobody.set('nonsense', { cookie: 'ubizo_access=x.y.z', token: 'x.y.z' });
});

afterAll(() => box.stop());

/** A tour of the guide whose cookies they are. */
async function newTour(cookie: string): Promise<TourDeskView> {
  const body = { name: 'Old town', floorLanguage: 'en', languages: ['es'] };
  const response = await box.call('/api/tours', { method: 'POST', body, cookie });
  return (await response.json()) as TourDeskView;
}

/** Tokens that say all the right things and are not right. */
async function forge(cookies: string): Promise<void> {
  const { id: kid, key } = await keyOf(box);
  const rsa = await generateKeyPair('RS256', { extractable: true });
  const pem = Buffer.from(await exportSPKI(rsa.publicKey));
  const claims = [decodeJwt(cookieNamed(cookies, 'ubizo_access')), decodeJwt(here.token ?? '')];
  const both = async (make: (payload: JWTPayload) => Promise<string>): Promise<Shown> => {
    const [access = '', token = ''] = await Promise.all(claims.map(make));
    return { cookie: `ubizo_access=${access}`, token };
  };
  const sign = (payload: JWTPayload, alg: string, with_: Parameters<SignJWT['sign']>[0]): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg, kid }).sign(with_);
  const past = Math.floor(Date.now() / 1_000) - 1;
  nobody.set('an expired token', await both((all) => sign({ ...all, exp: past }, 'HS256', key)));
  nobody.set(
    'a token without end',
    await both(({ exp, ...all }) => sign({ ...all, ended: exp }, 'HS256', key)),
  );
  nobody.set('one of another key', await both((all) => sign(all, 'HS256', Buffer.alloc(32, 1))));
  nobody.set('one of alg none', await both((all) => Promise.resolve(new UnsecuredJWT(all).encode())));
  nobody.set('one signed by RS256', await both((all) => sign(all, 'RS256', rsa.privateKey)));
  nobody.set('one signed with a public key', await both((all) => sign(all, 'HS256', pem)));
  nobody.set('one of another issuer', await both((all) => sign({ ...all, iss: 'x' }, 'HS256', key)));
  const [access = {}, pass = {}] = claims;
  nobody.set('an access token and a pass, each in the place of the other', {
    cookie: `ubizo_access=${await sign(pass, 'HS256', key)}`,
    token: await sign(access, 'HS256', key),
  });
  // With the right key, so that it is the check itself which is seen to refuse.
  expect(await answer(['guide', 'GET', '/api/tours'], await both((all) => sign(all, 'HS256', key)))).toBe('');
}

/** What a caller is told; nothing if they may. */
async function answer([, method, path]: (typeof TABLE)[number], shown: Shown, id = tour.id): Promise<string> {
  const named = path === '/whip/floor/ask' ? `${path}?tour=:tour` : path;
  const address = named.replace(/:(id|tour)\b/, id).replaceAll(/:\w+/g, 'x');
  if (method === 'WebSocket') return knock(address, shown);
  const response = await box.call(address, { method, ...shown });
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return '';
  }
  const text = await response.text();
  return response.status < 400 ? '' : (JSON.parse(text) as { error: { code: string } }).error.code;
}

async function knock(path: string, { cookie, token }: Shown): Promise<string> {
  const query = token === undefined ? '' : `?token=${token}`;
  const socket = new WebSocket(box.url.replace('http', 'ws') + path + query, {
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve('');
    });
    socket.once('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString()));
      response.on('end', () => resolve((JSON.parse(text) as { error: { code: string } }).error.code));
    });
  });
}

const REFUSALS = ['not_signed_in', 'forbidden', 'not_your_tour', 'token_invalid', 'not_claimed'];
const REFRESH = '/api/sign-in/refresh';

test('the table has every route and every socket of the box, and no other', () => {
  const has = box.permissions.map(({ who, method, path }) => `${who} ${method} ${path}`);
  expect(has.toSorted()).toEqual(TABLE.map((row) => row.join(' ')).toSorted());
});

describe.each(TABLE)('%s: %s %s', (...row) => {
  const [who, , path] = row;
  const namesTour = /:tour\b|^\/api\/tours\/:id/.test(path);

  test('whoever shows nothing that is good stays out', async () => {
    const expected = who === 'attendee' ? 'token_invalid' : 'not_signed_in';
    for (const [what, shown] of nobody) {
      const told = await answer(row, shown);
      if (who === 'anyone') {
        if (path !== REFRESH) expect(REFUSALS, what).not.toContain(told);
      } else if (who === 'guide or attendee' || who === 'guide or publisher') {
        expect(told, what).toBe(shown.token === undefined ? 'not_signed_in' : 'token_invalid');
      } else expect(told, what).toBe(expected);
    }
  });

  test.each([OWNER, GUIDE, OTHER, VISITOR])('%s gets as far as their role', async (email) => {
    // Some of the calls end tours and sessions: each is made with its own.
    const own = (await newTour(await cookiesFor(box, GUIDE))).id;
    const cookie = await cookiesFor(box, email, { role: 'attendee' });
    const told = await answer(row, { cookie }, own);
    const guides = who.startsWith('guide');
    if (who === 'attendee') expect(told).toBe('token_invalid');
    else if (guides && email === VISITOR) expect(told).toBe('forbidden');
    else if (who === 'owner' && email !== OWNER) expect(told).toBe('forbidden');
    else if (guides && namesTour && email === OTHER) expect(told).toBe('not_your_tour');
    else expect(REFUSALS).not.toContain(told);
  });

  test('who has joined gets as far as their tour', async () => {
    if (who === 'attendee' || who === 'guide or attendee') {
      expect(REFUSALS).not.toContain(await answer(row, here));
      expect(await answer(row, elsewhere)).toBe('token_invalid');
    } else if (who === 'guide or publisher') expect(await answer(row, here)).toBe('token_invalid');
    else if (who !== 'anyone') expect(await answer(row, here)).toBe('not_signed_in');
  });
});

test('an encoder with a tour’s publishing token gets as far as that tour’s microphone', async () => {
  const guide = await cookiesFor(box, GUIDE);
  const other = await newTour(guide);
  const made = await box.call(`/api/tours/${other.id}/publishing-token`, { method: 'POST', cookie: guide });
  const { token } = (await made.json()) as { token: string };
  for (const row of TABLE) {
    const [who, , path] = row;
    if (who === 'anyone' || path === '/api/device/keys') continue;
    const told = await answer(row, { token }, other.id);
    if (who === 'guide or publisher') expect(REFUSALS, row.join(' ')).not.toContain(told);
    else expect(['not_signed_in', 'token_invalid'], row.join(' ')).toContain(told);
    if (path.includes('/whip/floor/:tour'))
      expect(await answer(row, { token }, tour.id)).toBe('token_invalid');
  }
});

test('a guide’s list has their own tours, the owner’s all', async () => {
  const list = async (email: string): Promise<string[]> => {
    const response = await box.call('/api/tours', { cookie: await cookiesFor(box, email) });
    return ((await response.json()) as { tours: { id: string }[] }).tours.map(({ id }) => id);
  };
  const theirs = await newTour(await cookiesFor(box, OTHER));
  expect(await list(OTHER)).toContain(theirs.id);
  expect(await list(GUIDE)).not.toContain(theirs.id);
  expect(await list(OWNER)).toEqual(expect.arrayContaining([theirs.id]));
  const copied = await box.call(`/api/tours/${theirs.id}/copy`, {
    method: 'POST',
    cookie: await cookiesFor(box, GUIDE),
  });
  expect(await problemOf(copied)).toEqual({ status: 403, code: 'not_your_tour' });
});
