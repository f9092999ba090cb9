import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { type Event, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const SDP: Record<string, string> = { 'content-type': 'application/sdp' };
const FRAGMENT: Record<string, string> = { 'content-type': 'application/trickle-ice-sdpfrag' };

const RESTART = 'a=ice-ufrag:wxyz\r\na=ice-pwd:0123456789012345678901\r\n';
/** RFC 9110, 8.8.3. */
const STRONG_TAG = /^"[!#-~]+"$/;

let box: TestBox;
let tour: TourDeskView;
let visitor: JoinAnswer;
const clients: PhoneClient[] = [];

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
  tour = await box.createTour();
  visitor = await box.join(tour.code, 'floor');
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(() => box.stop());

const hearsSpanish = ({ type, state, language }: Event): boolean =>
  type === 'listener' && state === 'connected' && language === 'es';

async function client(direction: 'recvonly' | 'sendonly' = 'recvonly'): Promise<[PhoneClient, string]> {
  const phone = new PhoneClient({ direction });
  clients.push(phone);
  return [phone, await phone.offer()];
}

const post = (body: string, headers: Record<string, string> = SDP, path = visitor.whep): Promise<Response> =>
  box.call(path, { method: 'POST', token: visitor.token, headers, body });

test('an offer is answered in full, candidates trickle in, and hanging up is final', async () => {
  const [phone, offer] = await client();
  const response = await post(offer);
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toMatch(/^application\/sdp/);
  const location = response.headers.get('location') ?? '';
  expect(location).toMatch(new RegExp(`^${visitor.whep}/[\\w-]+$`));
  const answer = await response.text();
  expect(answer).toContain('a=setup:passive');
  expect(answer).toContain('a=candidate:');
  expect(answer).toContain('a=end-of-candidates');

  const tag = { 'if-match': response.headers.get('etag') ?? '' };
  const call = (method: string, how: object = {}): Promise<Response> =>
    box.call(location, { method, token: visitor.token, headers: { ...FRAGMENT, ...tag }, ...how });
  expect((await call('PATCH', { body: `a=${phone.localCandidate}\r\n` })).status).toBe(204);
  expect((await call('PATCH', { body: 'a=end-of-candidates\r\n' })).status).toBe(204);
  expect(await problemOf(await call('PATCH', { body: 'nothing' }))).toEqual({ status: 400, code: 'bad_sdp' });
  expect(await problemOf(await call('PATCH', { body: 'a=candidate:nonsense\r\n' }))).toEqual({
    status: 400,
    code: 'bad_sdp',
  });
  expect(await problemOf(await call('PATCH', { body: offer, headers: SDP }))).toMatchObject({ status: 415 });

  const stranger = await box.join(tour.code, 'es');
  expect(await problemOf(await call('DELETE', { token: stranger.token }))).toEqual({
    status: 404,
    code: 'listener_not_found',
  });
  expect((await call('DELETE')).status).toBe(200);
  expect(await problemOf(await call('DELETE'))).toEqual({ status: 404, code: 'listener_not_found' });
  expect(await problemOf(await call('PATCH', { body: 'a=end-of-candidates\r\n' }))).toMatchObject({
    status: 404,
  });
});

test('a request for an ICE session names it, and one for a session that is over changes nothing', async () => {
  const [, offer] = await client();
  const response = await post(offer);
  const first = response.headers.get('etag') ?? '';
  expect(first).toMatch(STRONG_TAG);
  const patch = (body: string, ifMatch?: string): Promise<Response> =>
    box.call(response.headers.get('location') ?? '', {
      method: 'PATCH',
      token: visitor.token,
      headers: { ...FRAGMENT, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
      body,
    });
  const candidates = 'a=end-of-candidates\r\n';
  expect(await problemOf(await patch(candidates))).toEqual({ status: 428, code: 'precondition_required' });
  expect(await problemOf(await patch(candidates, 'unquoted'))).toEqual({ status: 400, code: 'bad_request' });
  const trickled = await patch(candidates, first);
  expect([trickled.status, trickled.headers.get('etag')]).toEqual([204, null]);

  const restarted = await patch(RESTART, '*');
  expect(restarted.status).toBe(200);
  const second = restarted.headers.get('etag') ?? '';
  expect(second).toMatch(STRONG_TAG);
  expect(second).not.toBe(first);
  for (const stale of [first, '"other"', `W/${second}`])
    expect(await problemOf(await patch(candidates, stale)), stale).toEqual({
      status: 412,
      code: 'precondition_failed',
    });
  expect((await patch(candidates, `"other", ${second}`)).status).toBe(204);
  // As RFC 9725 writes it in its example.
  const again = await patch(RESTART.replace('wxyz', 'abcd'), '"*"');
  expect([again.status, again.headers.get('etag') === second]).toEqual([200, false]);

  const end = await box.call(response.headers.get('location') ?? '', {
    method: 'DELETE',
    token: visitor.token,
    headers: { 'if-match': first },
  });
  expect(end.status, 'it needs no session').toBe(200);
});

test('what is not an offer is refused with what is wrong', async () => {
  expect(await problemOf(await post('nonsense'))).toEqual({ status: 400, code: 'bad_sdp' });
  expect(await problemOf(await post(''))).toEqual({ status: 400, code: 'bad_sdp' });
  expect(await problemOf(await post('v=0\r\n'))).toMatchObject({ status: 400, code: 'unsupported_sdp' });
  expect(await problemOf(await post(`v=0\r\n${'x'.repeat(70_000)}`))).toEqual({
    status: 413,
    code: 'body_too_large',
  });
  const [, offer] = await client();
  expect(await problemOf(await post(offer, { 'content-type': 'text/plain' }))).toEqual({
    status: 415,
    code: 'unsupported_media_type',
  });
  const [, sending] = await client('sendonly');
  expect(await problemOf(await post(sending))).toEqual({ status: 400, code: 'unsupported_sdp' });
});

test('a tour that is not there, or over, is said so', async () => {
  const [, offer] = await client();
  expect(await problemOf(await post(offer, SDP, '/whep/nothing'))).toEqual({
    status: 404,
    code: 'tour_not_found',
  });
  const over = await box.createTour();
  const late = await box.join(over.code, 'es');
  await box.guide(`/api/tours/${over.id}/end`, 'POST');
  const response = await box.call(late.whep, {
    method: 'POST',
    token: late.token,
    headers: SDP,
    body: offer,
  });
  expect(await problemOf(response)).toEqual({ status: 410, code: 'tour_over' });
});

test('a visitor hears the guide, is counted, and is told how good the connection is', async () => {
  const live = await box.createTour();
  await box.guide(`/api/tours/${live.id}/start`, 'POST');
  const joined = await box.join(live.code, 'floor');
  const page = box.attendeePage(joined);
  await page.snapshot();
  const [phone, offer] = await client();
  const response = await box.call(joined.whep, {
    method: 'POST',
    token: joined.token,
    headers: SDP,
    body: offer,
  });
  await phone.accept(await response.text());
  await phone.connected();
  await page.event(({ type, state }) => type === 'listener' && state === 'connected');
  await phone.received(25);
  const gaps = phone.packets.slice(1).map((packet, index) => {
    const before = phone.packets[index];
    return [
      packet.sequenceNumber - (before?.sequenceNumber ?? 0),
      packet.timestamp - (before?.timestamp ?? 0),
    ];
  });
  for (const gap of gaps) expect(gap).toEqual([1, 960]);
  const desk = await box.guide(`/api/tours/${live.id}`);
  expect(desk.channels[0]).toMatchObject({ language: 'en', state: 'live', listeners: 1 });
  await box.call(response.headers.get('location') ?? '', { method: 'DELETE', token: joined.token });
  await page.event(({ type, state }) => type === 'listener' && state === 'closed');
  expect((await box.guide(`/api/tours/${live.id}`)).channels[0]).toMatchObject({ listeners: 0 });
  await box.guide(`/api/tours/${live.id}`, 'DELETE').catch(() => undefined);
});

test('deleting a tour hangs up on who still listens to it', async () => {
  const gone = await box.createTour();
  const joined = await box.join(gone.code, 'floor');
  const page = box.attendeePage(joined);
  const [phone, offer] = await client();
  const response = await box.call(joined.whep, {
    method: 'POST',
    token: joined.token,
    headers: SDP,
    body: offer,
  });
  await phone.accept(await response.text());
  await phone.connected();
  await box.call(`/api/tours/${gone.id}`, { method: 'DELETE', cookie: box.cookie });
  expect(await page.closed()).toBe(1001);
  const headers = { ...FRAGMENT, 'if-match': '*' };
  const patch = { method: 'PATCH', token: joined.token, headers, body: 'a=end-of-candidates\r\n' };
  expect(await problemOf(await box.call(response.headers.get('location') ?? '', patch))).toEqual({
    status: 404,
    code: 'listener_not_found',
  });
});

test('a guide’s phone becomes the microphone, and is let go of', async () => {
  const live = await box.createTour();
  const guide = (path: string, method: string, body?: string, headers = SDP): Promise<Response> =>
    box.call(path, { method, cookie: box.cookie, headers, ...(body !== undefined && { body }) });
  const desk = box.guidePage(live.id);
  await desk.snapshot();
  const [phone, offer] = await client('sendonly');
  expect(await problemOf(await guide('/whip/floor?tour=nothing', 'POST', offer))).toMatchObject({
    code: 'tour_not_found',
  });
  expect(await problemOf(await guide('/whip/floor', 'POST', offer)), 'which of the tours?').toMatchObject({
    code: 'tour_not_found',
  });
  const response = await guide(`/whip/floor?tour=${live.id}`, 'POST', offer);
  expect(response.status).toBe(201);
  await phone.accept(await response.text());
  await desk.event(({ type, id, state }) => type === 'microphone' && id === 'phone' && state === 'open');
  const location = response.headers.get('location') ?? '';
  const tag = { ...FRAGMENT, 'if-match': response.headers.get('etag') ?? '' };
  expect((await guide(location, 'PATCH', 'a=end-of-candidates\r\n', tag)).status).toBe(204);
  expect(
    (await guide(location, 'PATCH', RESTART, { ...FRAGMENT, 'if-match': '*' })).headers.get('etag'),
  ).toMatch(STRONG_TAG);
  expect(await problemOf(await guide(location, 'PATCH', 'a=end-of-candidates\r\n', tag))).toEqual({
    status: 412,
    code: 'precondition_failed',
  });
  expect((await guide(location, 'DELETE')).status).toBe(200);
  await desk.event(({ type, state }) => type === 'microphone' && state === 'waiting');
  expect(await problemOf(await guide(location, 'PATCH', 'a=end-of-candidates\r\n', tag))).toEqual({
    status: 404,
    code: 'listener_not_found',
  });
});

test('a phone cannot become the microphone of a tour that is over, and changes nothing in it', async () => {
  const over = await box.createTour();
  await box.guide(`/api/tours/${over.id}/end`, 'POST');
  const [, offer] = await client('sendonly');
  const response = await box.call(`/whip/floor?tour=${over.id}`, {
    method: 'POST',
    cookie: box.cookie,
    headers: SDP,
    body: offer,
  });
  expect(await problemOf(response)).toEqual({ status: 410, code: 'tour_over' });
  expect((await box.guide(`/api/tours/${over.id}`)).microphone.id).not.toBe('phone');
});

test('a visitor who changes the language while the offer is being answered hears the new one', async () => {
  const visitors = await Promise.all(Array.from({ length: 8 }, () => box.join(tour.code, 'floor')));
  const pages = visitors.map((each) => box.attendeePage(each));
  await Promise.all(pages.map((page) => page.snapshot()));
  const phones = await Promise.all(visitors.map(() => client()));
  const answers = visitors.map(({ token, whep }, i) =>
    box.call(whep, { method: 'POST', token, headers: SDP, body: phones[i]?.[1] }),
  );
  // Some are asked for before, some while, some after their offer is answered.
  for (const page of pages) {
    page.send({ type: 'language', language: 'es' });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  for (const [i, answer] of answers.entries()) await phones[i]?.[0].accept(await (await answer).text());
  await Promise.all(pages.map((page) => page.event(hearsSpanish)));
});
