import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import { connectionView, type ConnectionView } from '../../appliance/protocol/recovery.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let box: TestBox;
let tour: TourDeskView;
let visitor: JoinAnswer;
let page: Page;
let phone: PhoneClient;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
  tour = await box.createTour();
  visitor = await box.join(tour.code, 'floor');
  page = box.attendeePage(visitor);
  await page.snapshot();
  phone = new PhoneClient({ direction: 'recvonly' });
});

afterAll(async () => {
  await phone.close();
  await box.stop();
});

async function ping(): Promise<Event> {
  const from = page.events.length;
  page.send({ type: 'ping' });
  return page.event(({ type }) => type === 'pong', from);
}

const look = async ({ token } = visitor): Promise<ConnectionView> =>
  connectionView.parse(await (await box.call(`/api/visits/${tour.id}/connection`, { token })).json());

const metrics = async (): Promise<string> => (await box.call('/metrics')).text();

test('a page that hears nothing can tell silence from loss', async () => {
  expect(await ping(), 'nobody speaks yet').toEqual({ type: 'pong', soundingMs: 0 });
  expect(await look()).toEqual({ now: expect.any(Number) as number });
  const offer = await box.call(visitor.whep, {
    method: 'POST',
    token: visitor.token,
    headers: { 'content-type': 'application/sdp' },
    body: await phone.offer(),
  });
  const before = (await look()).seat;
  expect(before, 'no check has arrived').toMatchObject({ state: 'connecting', checks: 0, packets: 0 });
  await phone.accept(await offer.text());
  await phone.connected();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await phone.received(20);
  const { seat } = await look();
  expect(seat).toMatchObject({ state: 'connected' });
  expect(seat?.checks).toBeGreaterThan(0);
  expect(seat?.packets).toBeGreaterThanOrEqual(20);
  await expect.poll(async () => (await ping())['soundingMs']).toBeGreaterThan(100);
  expect(await metrics()).toContain('ubizo_connections{state="connected"} 1');
  expect(await metrics()).toContain('ubizo_connection_attempts_total{outcome="connected"} 1');
  // One that waited longer than there was anything to hear waited for the guide; and each tells it once.
  const other = box.attendeePage(await box.join(tour.code, 'floor'));
  await other.snapshot();
  other.send({ type: 'first-sound', ms: 60_000 });
  for (const ms of [40, 50]) page.send({ type: 'first-sound', ms });
  await ping();
  await expect.poll(metrics).toContain('ubizo_first_sound_seconds_count 1');
  expect(await metrics()).toMatch(/^ubizo_first_sound_seconds_bucket\{le="0.05"\} 1$/m);
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { muted: true });
  await expect.poll(async () => (await ping())['soundingMs']).toBe(0);
});

test('who has not joined this tour sees nothing of it', async () => {
  const other = await box.createTour();
  const { token } = await box.join(other.code, 'floor');
  const answer = await box.call(`/api/visits/${tour.id}/connection`, { token });
  expect(await problemOf(answer)).toEqual({ status: 401, code: 'token_invalid' });
});

test('recoveries are counted by level, cause and end, whoever tells of them', async () => {
  const report = { type: 'recovery', level: 'ice-restart', cause: 'no-packets', outcome: 'back', ms: 412 };
  page.send(report);
  page.send(report);
  page.send({ ...report, level: 'fallback', cause: 'udp-blocked', outcome: 'another-way' });
  await expect
    .poll(metrics)
    .toContain('ubizo_recoveries_total{level="ice-restart",cause="no-packets",outcome="back"} 2');
  expect(await metrics()).toContain(
    'ubizo_recoveries_total{level="fallback",cause="udp-blocked",outcome="another-way"} 1',
  );
});

test('a visitor who tells of recoveries without end is counted a few times, and stays', async () => {
  const other = box.attendeePage(await box.join(tour.code, 'floor'));
  await other.snapshot();
  const report = { type: 'recovery', level: 'full-reconnect', cause: 'clock', outcome: 'given-up', ms: 1 };
  for (let i = 0; i < 15; i++) other.send(report);
  const figure = 'ubizo_recoveries_ignored_total{why="too-many"}';
  await expect.poll(metrics).toContain(`${figure} 5`);
  expect(await metrics()).toContain(
    'ubizo_recoveries_total{level="full-reconnect",cause="clock",outcome="given-up"} 10',
  );
  other.send({ type: 'ping' });
  await other.event(({ type }) => type === 'pong');
});

test('a report that is none is refused and counts nothing', async () => {
  const before = (await metrics()).match(/^ubizo_recoveries_total.*$/gm);
  for (const wrong of [{ cause: 'Ana' }, { level: 'x'.repeat(200) }, { ms: -1 }, { ms: 1e12 }]) {
    const from = page.events.length;
    page.send({ type: 'recovery', level: 'fallback', cause: 'clock', outcome: 'back', ms: 1, ...wrong });
    const answer = await page.event(({ type }) => type === 'error', from);
    expect(answer['code']).toBe('bad_request');
  }
  expect((await metrics()).match(/^ubizo_recoveries_total.*$/gm)).toEqual(before);
});

test('an attempt to connect that comes to nothing is counted as such', async () => {
  const late = await box.join(tour.code, 'floor');
  const silent = new PhoneClient({ direction: 'recvonly' });
  const offerOf = async (body: string): Promise<Response> =>
    box.call(late.whep, {
      method: 'POST',
      token: late.token,
      headers: { 'content-type': 'application/sdp' },
      body,
    });
  const { headers } = await offerOf(await silent.offer());
  await box.call(headers.get('location') ?? '', { method: 'DELETE', token: late.token });
  await expect.poll(metrics).toContain('ubizo_connection_attempts_total{outcome="failed"} 1');
  await silent.close();
});
