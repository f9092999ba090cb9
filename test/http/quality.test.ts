import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { qualityView, type QualityView } from '../../appliance/protocol/quality-view.ts';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { report } from '../quality/spans.ts';
import { type Page, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let box: TestBox;
let tour: TourDeskView;
let visitor: JoinAnswer;
let page: Page;
let desk: Page;
let phone: PhoneClient;
let resource: string;

/** A tour whose guide never draws breath, and one visitor who hears it. */
beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`, UBIZO_NOISE_GATE: 'off' });
  tour = await box.createTour();
  visitor = await box.join(tour.code, 'floor');
  page = box.attendeePage(visitor);
  await page.snapshot();
  desk = box.guidePage(tour.id);
  await desk.snapshot();
  phone = new PhoneClient({ direction: 'recvonly' });
  const offer = await box.call(visitor.whep, {
    method: 'POST',
    token: visitor.token,
    headers: { 'content-type': 'application/sdp' },
    body: await phone.offer(),
  });
  resource = offer.headers.get('location') ?? '';
  await phone.accept(await offer.text());
  await phone.connected();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  // Sound enough for a verdict.
  await phone.received(200);
}, 60_000);

afterAll(async () => {
  await phone.close();
  await box.stop();
});

const look = async (): Promise<QualityView> =>
  qualityView.parse(await (await box.call(`/api/tours/${tour.id}/quality`, { cookie: box.cookie })).json());

test('what a page has heard is judged, told to its visitor and to the guide, and kept for an hour', async () => {
  expect(await look()).toMatchObject({ worst: [], history: [] });
  // Sent again until the box has sounded for long enough: a busy machine's sound has gaps.
  const told = page.event(({ type }) => type === 'quality');
  const sending = setInterval(() => page.send(report({ heard: 0.05, lost: 2 })), 1_000);
  expect(await told).toEqual({ type: 'quality', class: 'fair' });
  clearInterval(sending);
  const event = await desk.event((each) => each.type === 'quality' && (each.worst as unknown[]).length > 0);
  const now = await look();
  expect(now.worst).toEqual([
    {
      id: expect.any(String) as string,
      language: 'en',
      class: 'fair',
      score: 60,
      by: 'page',
      heardLoss: 0.05,
      distance: 0,
      reason: 'unsupported',
    },
  ]);
  expect(event.worst).toEqual(now.worst);
  expect(now.distribution).toEqual({ excellent: 0, good: 0, fair: 1, poor: 0, none: 0 });
  expect(now.channels[0]).toEqual({ language: 'en', level: 2, reason: 'usual', phones: 1, heardLoss: 0.05 });
  expect(now.history.at(-1)).toMatchObject({ medianScore: 60, heardLoss: 0.05 });
});

test('the figures for monitoring count phones and name nobody', async () => {
  const text = await (await box.call('/metrics')).text();
  expect(text).toContain('ubizo_listeners_by_quality{quality="fair"} 1');
  expect(text).toContain('ubizo_listener_score 60');
  expect(text).toContain('ubizo_heard_loss_ratio 0.05');
  expect(text).toContain('ubizo_listeners_by_redundancy{distance="0"} 1');
  expect(text).toContain('ubizo_channel_level{language="en"} 2');
});

test('what is no report is refused, and the page stays', async () => {
  const from = page.events.length;
  page.send({ type: 'stats', agoMs: 0, spans: [{ ms: 500, packets: -1 }] });
  expect(await page.event(({ type }) => type === 'error', from)).toMatchObject({ code: 'bad_request' });
  page.send({ type: 'ping' });
  await page.event(({ type }) => type === 'pong', from);
});

test('only its guide sees how the phones of a tour hear', async () => {
  expect(await problemOf(await box.call(`/api/tours/${tour.id}/quality`))).toEqual({
    status: 401,
    code: 'not_signed_in',
  });
});

test('who hangs up is no longer counted', async () => {
  await box.call(resource, { method: 'DELETE', token: visitor.token });
  await expect.poll(async () => (await look()).distribution.fair).toBe(0);
  expect((await look()).worst).toEqual([]);
});
