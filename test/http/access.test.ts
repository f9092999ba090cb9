import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { problemOf, TestBox } from './test-box.ts';

let box: TestBox;
let tour: TourDeskView;
let other: TourDeskView;
let visitor: JoinAnswer;
let stranger: JoinAnswer;
let forged: string;

beforeAll(async () => {
  box = await TestBox.start();
  tour = await box.createTour();
  other = await box.createTour();
  visitor = await box.join(tour.code, 'es');
  stranger = await box.join(other.code, 'es');
  forged = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('ubizo')
    .setAudience('setup')
    .setExpirationTime('1h')
    .sign(new Uint8Array(32));
});

afterAll(() => box.stop());

const GUIDE_ROUTES = [
  ['GET', '/api/box'],
  ['GET', '/api/tours'],
  ['POST', '/api/tours'],
  ['GET', '/api/tours/ID'],
  ['PATCH', '/api/tours/ID'],
  ['DELETE', '/api/tours/ID'],
  ['POST', '/api/tours/ID/start'],
  ['POST', '/api/tours/ID/pause'],
  ['POST', '/api/tours/ID/resume'],
  ['POST', '/api/tours/ID/end'],
  ['POST', '/api/tours/ID/copy'],
  ['DELETE', '/api/tours/ID/attendees/x'],
  ['POST', '/whip/floor'],
  ['PATCH', '/whip/floor/ID/x'],
  ['DELETE', '/whip/floor/ID/x'],
] as const;

describe.each(GUIDE_ROUTES)('%s %s', (method, path) => {
  const call = (how: { cookie?: string; token?: string }): Promise<Response> =>
    box.call(path.replace('ID', tour.id), { method, ...how });

  test('turns away who has not signed in, and who only joined', async () => {
    const refused = { status: 401, code: 'not_signed_in' };
    expect(await problemOf(await call({}))).toEqual(refused);
    expect(await problemOf(await call({ cookie: `ubizo_access=${forged}` }))).toEqual(refused);
    expect(await problemOf(await call({ cookie: `ubizo_access=${visitor.token}` }))).toEqual(refused);
    // An encoder may show a token there: a visitor's is none of these.
    const shown = path.startsWith('/whip/') ? { status: 401, code: 'token_invalid' } : refused;
    expect(await problemOf(await call({ token: visitor.token }))).toEqual(shown);
  });
});

describe.each([
  ['POST', '/whep/ID'],
  ['PATCH', '/whep/ID/x'],
  ['DELETE', '/whep/ID/x'],
])('%s %s', (method, path) => {
  const call = (how: { cookie?: string; token?: string }): Promise<Response> =>
    box.call(path.replace('ID', tour.id), { method, ...how });

  test('turns away who shows no pass, a forged one, or a guide’s cookie', async () => {
    const refused = { status: 401, code: 'token_invalid' };
    const response = await call({});
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await problemOf(response)).toEqual(refused);
    expect(await problemOf(await call({ token: forged }))).toEqual(refused);
    expect(await problemOf(await call({ cookie: box.cookie }))).toEqual(refused);
    const unsigned = new UnsecuredJWT({ role: 'attendee', id: 'a', tour: tour.id, language: 'es' })
      .setIssuer('ubizo')
      .setAudience('attendee')
      .setExpirationTime('1h')
      .encode();
    expect(await problemOf(await call({ token: unsigned }))).toEqual(refused);
    expect(await problemOf(await call({ token: box.cookie.split('=')[1] ?? '' }))).toEqual(refused);
  });
});

test('a pass for one tour does not open another', async () => {
  const response = await box.call(visitor.whep, { method: 'POST', token: stranger.token });
  expect(await problemOf(response)).toEqual({ status: 401, code: 'token_invalid' });
});

test('anyone may ask how the box is, what runs, and what a code stands for', async () => {
  const health = await box.call('/healthz');
  expect(await health.json()).toMatchObject({ ok: true, parts: { storage: { ok: true } } });
  const metrics = await (await box.call('/metrics')).text();
  expect(metrics).toContain('ubizo_listeners 0');
  const live = (await (await box.call('/api/live')).json()) as { tours: { id: string }[] };
  expect(live.tours.map(({ id }) => id)).toContain(tour.id);
  const byCode = await box.call(`/api/tours/by-code/${tour.code.toLowerCase()}`);
  expect(byCode.headers.get('cache-control')).toBe('no-store');
  const view = (await byCode.json()) as Record<string, unknown>;
  expect(view).toMatchObject({ id: tour.id, name: 'Old town', state: 'ready' });
  expect(view, 'the desk’s business is not the visitors’').not.toHaveProperty('microphone');
});

test('a page of another site changes nothing', async () => {
  for (const origin of ['http://evil.example', 'null', `https://${new URL(box.url).hostname}`]) {
    const response = await box.call('/api/tours', {
      method: 'POST',
      cookie: box.cookie,
      body: { name: 'x', floorLanguage: 'en', languages: ['es'] },
      headers: { origin },
    });
    expect(await problemOf(response), origin).toEqual({ status: 403, code: 'forbidden' });
  }
  const own = await box.call('/api/sign-in', { method: 'DELETE', headers: { origin: box.url } });
  expect(own.status).toBe(204);
});

test('an address that is not there, or not for that method, is said so', async () => {
  expect(await problemOf(await box.call('/api/nothing'))).toEqual({ status: 404, code: 'not_found' });
  expect(await problemOf(await box.call('/api/join'))).toEqual({ status: 405, code: 'method_not_allowed' });
  expect(await problemOf(await box.call('/api/tours/%E0%A4%A'))).toMatchObject({ code: 'not_signed_in' });
  const escaped = await box.call('/assets/..%2f..%2fpackage.json');
  expect(await problemOf(escaped)).toEqual({ status: 404, code: 'not_found' });
});

test('every answer forbids other sites’ scripts and frames', async () => {
  const { headers } = await box.call('/healthz');
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
});
