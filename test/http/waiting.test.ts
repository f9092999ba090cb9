import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let server: RealtimeServer;
let box: TestBox;
let tour: TourDeskView;
const phones: PhoneClient[] = [];

beforeAll(async () => {
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5 });
  await server.start();
  box = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  tour = await box.createTour();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
});

afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()));
});

afterAll(async () => {
  await box.stop();
  await server.stop();
});

const connected = ({ type, state }: Event): boolean => type === 'listener' && state === 'connected';
const closed = ({ type, state }: Event): boolean => type === 'listener' && state === 'closed';

async function offer(
  visitor: JoinAnswer,
  query: string,
  at = box,
): Promise<{ phone: PhoneClient; response: Response }> {
  const phone = new PhoneClient({ direction: 'recvonly' });
  phones.push(phone);
  const response = await at.call(visitor.whep + query, {
    method: 'POST',
    token: visitor.token,
    headers: { 'content-type': 'application/sdp' },
    body: await phone.offer(),
  });
  return { phone, response };
}

/** A page as it is before the tap: it has its events, and its connection stands. */
async function wait(visitor: JoinAnswer, at = box): Promise<{ page: Page; phone: PhoneClient }> {
  const page = at.attendeePage({ ...visitor, events: `${visitor.events}&listening=no` });
  expect(await page.snapshot()).toMatchObject({ listening: false });
  const { phone, response } = await offer(visitor, '?listening=no', at);
  await phone.accept(await response.text());
  await page.event(connected);
  return { page, phone };
}

test('who never taps is nobody: no listener, no paid session, no sound', async () => {
  const visitor = await box.join(tour.code, 'es');
  const { page, phone } = await wait(visitor);
  const silent = await wait(await box.join(tour.code, 'floor'));
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  // The guide's own channel is heard by somebody else, so that time is seen to pass.
  const other = await box.join(tour.code, 'floor');
  const heard = await offer(other, '');
  await heard.phone.accept(await heard.response.text());
  await heard.phone.received(25);
  const seen = await box.guide(`/api/tours/${tour.id}`);
  expect(seen.attendees.map(({ language }) => language)).toEqual(['en']);
  expect(seen.channels.find(({ language }) => language === 'es')).toMatchObject({
    state: 'silent',
    listeners: 0,
  });
  expect(server.sessions.length).toBe(0);
  expect(phone.packets).toHaveLength(0);
  expect(silent.phone.packets).toHaveLength(0);

  page.send({ type: 'listen' });
  await page.event(({ type, listening }) => type === 'tour' && listening === undefined, 1);
  await page.event(
    ({ type, language, state }) => type === 'channel' && language === 'es' && state === 'live',
  );
  await phone.received(5);
  expect(server.sessions.length).toBe(1);
});

test('who waits gives way to who listens, and is told when they tap in vain', async () => {
  const small = await TestBox.start({ UBIZO_MAX_LISTENERS: '2' });
  const { code } = await small.createTour();
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => small.join(code, 'floor')));
  const { page } = await wait(first!, small);
  const last = await wait(second!, small);
  const came = page.events.length;
  expect((await offer(third!, '', small)).response.status).toBe(201);
  await page.event(closed, came);
  expect((await offer(first!, '', small)).response.status, 'the other gives way').toBe(201);
  last.page.send({ type: 'listen' });
  const again = await offer(second!, '', small);
  expect(await problemOf(again.response)).toEqual({ status: 503, code: 'listeners_full' });
  await small.stop();
});

test('a standard player listens at once, and one that offers after its page’s tap too', async () => {
  const visitor = await box.join(tour.code, 'floor');
  const page = box.attendeePage({ ...visitor, events: `${visitor.events}&listening=no` });
  await page.snapshot();
  page.send({ type: 'listen' });
  await page.event(({ type, listening }) => type === 'tour' && listening === undefined, 1);
  const { phone, response } = await offer(visitor, '?listening=no');
  await phone.accept(await response.text());
  await phone.received(5);
});

test('who only waits has no room yet by another way either', async () => {
  const small = await TestBox.start({ UBIZO_MAX_LISTENERS: '1' });
  try {
    const { code } = await small.createTour();
    const visitor = await small.join(code, 'es');
    const { page } = await wait(visitor, small);
    const first = await small.call(`/listen/${code}/es.mp3`);
    expect(first.status).toBe(200);
    const second = await small.call(`/listen/${code}/es.mp3`, { token: visitor.token });
    expect((await problemOf(second)).code).toBe('listeners_full');
    await first.body?.cancel();
    page.close();
  } finally {
    await small.stop();
  }
});
