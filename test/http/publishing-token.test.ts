import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { PublishingTokenAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { claim, cookiesFor, cookiesOf, OWNER } from './guests.ts';
import { problemOf, TestBox } from './test-box.ts';

const GUIDE = 'guide@example.org';

let box: TestBox;
let guide: string;
let owner: string;
const encoders: PhoneClient[] = [];

beforeAll(async () => {
  box = await TestBox.start();
  owner = cookiesOf(await claim(box));
  guide = await cookiesFor(box, GUIDE, { setupCode: 'SETUP234' });
});

afterEach(async () => {
  await Promise.all(encoders.splice(0).map((encoder) => encoder.close()));
});

afterAll(() => box.stop());

async function newTour(cookie = guide): Promise<TourDeskView> {
  const body = { name: 'Old town', floorLanguage: 'en', languages: ['es'] };
  const response = await box.call('/api/tours', { method: 'POST', cookie, body });
  return (await response.json()) as TourDeskView;
}

const path = ({ id }: TourDeskView): string => `/api/tours/${id}/publishing-token`;

async function newToken(tour: TourDeskView, cookie = guide): Promise<string> {
  const response = await box.call(path(tour), { method: 'POST', cookie });
  expect(response.status).toBe(201);
  return ((await response.json()) as PublishingTokenAnswer).token;
}

async function encoder(): Promise<[PhoneClient, string]> {
  const made = new PhoneClient({ direction: 'sendonly' });
  encoders.push(made);
  return [made, await made.offer()];
}

/** As OBS, FFmpeg and GStreamer publish: a bearer token, and no cookie. */
async function publish(
  token: string,
  { query = '', scheme = 'Bearer ' }: { query?: string; scheme?: string } = {},
): Promise<{ response: Response; client: PhoneClient }> {
  const [client, body] = await encoder();
  const headers = { authorization: `${scheme}${token}`, 'content-type': 'application/sdp' };
  return { response: await box.call(`/whip/floor${query}`, { method: 'POST', headers, body }), client };
}

async function microphoneOf({ id }: TourDeskView): Promise<string> {
  const response = await box.call(`/api/tours/${id}`, { cookie: guide });
  const { microphone } = (await response.json()) as TourDeskView;
  return `${microphone.id} ${microphone.state}`;
}

test('an encoder with the tour’s token is its microphone, without a cookie and without naming the tour', async () => {
  await newTour();
  const tour = await newTour();
  const token = await newToken(tour);
  const { response, client } = await publish(token);
  expect(response.status).toBe(201);
  const session = response.headers.get('location') ?? '';
  expect(session).toMatch(new RegExp(`^/whip/floor/${tour.id}/`));
  await client.accept(await response.text());
  await client.connected();
  await expect.poll(() => microphoneOf(tour)).toBe('phone open');
  expect((await box.call(session, { method: 'DELETE', token })).status).toBe(200);
  await expect.poll(() => microphoneOf(tour)).toBe('phone waiting');
});

test.each(['Bearer   ', 'bearer ', 'BEARER  '])('the scheme is taken as "%s"', async (scheme) => {
  const { response } = await publish(await newToken(await newTour()), { scheme });
  expect(response.status).toBe(201);
});

test('a visitor’s player may write several spaces behind Bearer as well', async () => {
  const tour = await newTour();
  const visitor = await box.join(tour.code, 'floor');
  const phone = new PhoneClient({ direction: 'recvonly' });
  encoders.push(phone);
  const response = await box.call(visitor.whep, {
    method: 'POST',
    headers: { authorization: `Bearer   ${visitor.token}`, 'content-type': 'application/sdp' },
    body: await phone.offer(),
  });
  expect(response.status).toBe(201);
});

test('a token is one tour’s, and a wrong one is nobody’s', async () => {
  const other = await newTour();
  const token = await newToken(await newTour());
  const elsewhere = await publish(token, { query: `?tour=${other.id}` });
  expect(await problemOf(elsewhere.response)).toEqual({ status: 401, code: 'token_invalid' });
  const { response } = await publish(`${token}x`);
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await problemOf(response)).toEqual({ status: 401, code: 'token_invalid' });
  const { response: garbage } = await publish('two words');
  expect(await problemOf(garbage)).toEqual({ status: 401, code: 'token_invalid' });
});

test('the box keeps no token, shows it once, and knows it after it was switched off and on', async () => {
  const tour = await newTour();
  const token = await newToken(tour);
  expect(await readFile(join(box.data, 'state.json'), 'utf8')).not.toContain(token);
  const shown = await box.call(path(tour), { cookie: guide });
  expect(await shown.json()).toEqual({ createdAt: expect.any(Number) });
  await box.restart();
  expect((await publish(token)).response.status).toBe(201);
});

test.each<[string, (tour: TourDeskView) => Promise<unknown>]>([
  ['revoked', (tour) => box.call(path(tour), { method: 'DELETE', cookie: guide })],
  ['replaced', (tour) => newToken(tour)],
])('an encoder whose token is %s falls silent at once', async (_, end) => {
  const tour = await newTour();
  const token = await newToken(tour);
  const { response, client } = await publish(token);
  await client.accept(await response.text());
  await client.connected();
  await expect.poll(() => microphoneOf(tour)).toBe('phone open');
  await end(tour);
  await expect.poll(() => microphoneOf(tour)).toBe('phone waiting');
  expect(await problemOf((await publish(token)).response)).toEqual({ status: 401, code: 'token_invalid' });
});

test('a token ends with its tour', async () => {
  const tour = await newTour();
  const token = await newToken(tour);
  await box.call(`/api/tours/${tour.id}/end`, { method: 'POST', cookie: guide });
  expect(await problemOf((await publish(token)).response)).toEqual({ status: 410, code: 'tour_over' });
  const again = await box.call(path(tour), { method: 'POST', cookie: guide });
  expect(await problemOf(again)).toEqual({ status: 410, code: 'tour_over' });
  await box.call(`/api/tours/${tour.id}`, { method: 'DELETE', cookie: guide });
  expect(await problemOf((await publish(token)).response)).toEqual({ status: 401, code: 'token_invalid' });
});

test('a copy of a tour has no token', async () => {
  const tour = await newTour();
  await newToken(tour);
  const copied = await box.call(`/api/tours/${tour.id}/copy`, { method: 'POST', cookie: guide });
  const copy = (await copied.json()) as TourDeskView;
  expect(await (await box.call(path(copy), { cookie: guide })).json()).toEqual({});
});

test('a guide who is locked out takes the token along, and all end with the keys', async () => {
  const tour = await newTour();
  const token = await newToken(tour);
  const { accounts } = (await (await box.call('/api/accounts', { cookie: owner })).json()) as {
    accounts: { id: string; email: string }[];
  };
  const id = accounts.find(({ email }) => email === GUIDE)?.id ?? '';
  const become = (status: string): Promise<Response> =>
    box.call(`/api/accounts/${id}`, { method: 'PATCH', cookie: owner, body: { status } });
  await become('locked');
  expect(await problemOf((await publish(token)).response)).toEqual({ status: 401, code: 'token_invalid' });
  await become('active');
  expect((await publish(token)).response.status).toBe(201);
  expect((await box.call('/api/device/keys', { method: 'POST', cookie: owner })).status).toBe(204);
  expect(await problemOf((await publish(token)).response)).toEqual({ status: 401, code: 'token_invalid' });
  owner = await cookiesFor(box, OWNER);
  guide = await cookiesFor(box, GUIDE);
});

const offer = (shown: string): Promise<Response> =>
  box.call('/whip/floor', {
    method: 'POST',
    token: shown,
    headers: { 'content-type': 'application/sdp' },
    body: 'v=0\r\n',
  });

const until429 = async (shown: string, most: number): Promise<Response> => {
  for (let i = 0; i < most; i++) await (await offer(shown)).text();
  return offer(shown);
};

test('guessing tokens is slowed down, and one token may not offer without end', async () => {
  const token = await newToken(await newTour());
  const tooOften = await until429(token, 30);
  expect(tooOften.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await problemOf(tooOften)).toEqual({ status: 429, code: 'too_many_attempts' });
  expect(await problemOf(await until429('wrong', 60))).toEqual({ status: 429, code: 'too_many_attempts' });
});
