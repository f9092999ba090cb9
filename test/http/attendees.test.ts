import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { guideEvent } from '../../appliance/protocol/guide-events.ts';
import { joinAnswer, type JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { AttendeeView, TourDeskView } from '../../appliance/protocol/views.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { type Page, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const SDP = { 'content-type': 'application/sdp' };
const REMOVED = { status: 403, code: 'attendee_removed' };

let box: TestBox;
const clients: PhoneClient[] = [];

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(() => box.stop());

async function join(tour: TourDeskView, name?: string, language = 'es'): Promise<JoinAnswer> {
  const response = await box.call('/api/join', {
    method: 'POST',
    body: { code: tour.code, language, ...(name !== undefined && { name }) },
  });
  return joinAnswer.parse(await response.json());
}

async function offer({ whep, token }: JoinAnswer): Promise<[PhoneClient, Response]> {
  const phone = new PhoneClient({ direction: 'recvonly' });
  clients.push(phone);
  const body = await phone.offer();
  return [phone, await box.call(whep, { method: 'POST', token, headers: SDP, body })];
}

/** The entry of someone on the desk's list, once it is there as it should be. */
async function listed(desk: Page, wanted: Partial<AttendeeView>): Promise<AttendeeView> {
  const fits = (attendee: AttendeeView): boolean =>
    Object.entries(wanted).every(([key, value]) => attendee[key as keyof AttendeeView] === value);
  const event = await desk.event(
    ({ type, changed }) => type === 'attendees' && (changed as AttendeeView[]).some(fits),
  );
  return (event.changed as AttendeeView[]).find(fits)!;
}

const remove = (tour: TourDeskView, id: string): Promise<Response> =>
  box.call(`/api/tours/${tour.id}/attendees/${id}`, { method: 'DELETE', cookie: box.cookie });

test('the desk lists who has come, with name and language, and who is away', async () => {
  const tour = await box.createTour();
  await join(tour, 'never comes');
  const desk = box.guidePage(tour.id);
  expect(await desk.snapshot()).toMatchObject({ tour: { attendees: [] } });
  const page = box.attendeePage(await join(tour, 'Ana'));
  const { id } = await listed(desk, { name: 'Ana', language: 'es', connected: true });
  const nameless = box.attendeePage(await join(tour, undefined, 'fr'));
  expect(await listed(desk, { language: 'fr', connected: true })).not.toHaveProperty('name');
  page.send({ type: 'language', language: 'fr' });
  await listed(desk, { id, language: 'fr' });
  page.close();
  await listed(desk, { id, connected: false });
  const { attendees } = await box.guide(`/api/tours/${tour.id}`);
  expect(attendees.map(({ name, language, connected }) => [name, language, connected])).toEqual([
    ['Ana', 'fr', false],
    [undefined, 'fr', true],
  ]);
  for (const event of desk.events) expect(guideEvent.safeParse(event).success, event.type).toBe(true);
  const visible = await (await box.call(`/api/tours/by-code/${tour.code}`)).text();
  expect(visible, 'visitors do not see each other').not.toContain('Ana');
  nameless.close();
});

test('whom the guide removes hears nothing more, is told, and cannot come back with that pass', async () => {
  const tour = await box.createTour();
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  const desk = box.guidePage(tour.id);
  const [unwanted, other] = [await join(tour, 'Bad'), await join(tour, 'Good', 'floor')];
  const pages = [box.attendeePage(unwanted), box.attendeePage(other)];
  const heard: PhoneClient[] = [];
  for (const joined of [unwanted, other]) {
    const [phone, response] = await offer(joined);
    await phone.accept(await response.text());
    await phone.connected();
    await phone.received(10);
    heard.push(phone);
  }
  const { id } = await listed(desk, { name: 'Bad', connected: true });
  expect((await remove(tour, id)).status).toBe(204);

  expect(await pages[0]!.closed()).toBe(4403);
  expect(pages[0]!.events.at(-1)).toMatchObject({ type: 'error', code: 'attendee_removed' });
  await desk.event(({ type, gone }) => type === 'attendees' && (gone as string[]).includes(id));
  expect((await box.guide(`/api/tours/${tour.id}`)).attendees).toMatchObject([{ name: 'Good' }]);
  const [silenced, going] = heard.map((phone) => phone.packets.length);
  await heard[1]!.received(going! + 25);
  expect(heard[0]!.packets.length, 'packets that were under way').toBeLessThan(silenced! + 10);

  const refused = async (): Promise<void> => {
    expect(await problemOf((await offer(unwanted))[1])).toEqual(REMOVED);
    const again = box.attendeePage(unwanted);
    expect(await again.closed()).toBe(4403);
    expect(again.events).toMatchObject([{ type: 'error', code: 'attendee_removed' }]);
    const body = { code: tour.code, language: 'fr', name: 'Another name' };
    const { token } = unwanted;
    for (const by of [{ token }, { cookie: `ubizo_pass=${token}` }])
      expect(await problemOf(await box.call('/api/join', { method: 'POST', body, ...by }))).toEqual(REMOVED);
  };
  await refused();
  await box.restart();
  await refused();
  const back = box.attendeePage(other);
  await back.snapshot();
});

test('only someone who is on the tour can be removed, and once is enough', async () => {
  const tour = await box.createTour();
  expect(await problemOf(await remove(tour, 'nobody'))).toEqual({ status: 404, code: 'attendee_not_found' });
  const desk = box.guidePage(tour.id);
  box.attendeePage(await join(tour, 'Bad'));
  const { id } = await listed(desk, { name: 'Bad' });
  expect((await remove(tour, id)).status).toBe(204);
  expect((await remove(tour, id)).status).toBe(204);
  const path = `/api/tours/${tour.id}/attendees/${id}`;
  const stranger = await join(tour);
  expect((await box.call(path, { method: 'DELETE', token: stranger.token })).status).toBe(401);
});

test('a browser that joins is known again by a cookie, which keeps nobody else out', async () => {
  const [tour, other] = [await box.createTour(), await box.createTour()];
  const desk = box.guidePage(tour.id);
  const response = await box.call('/api/join', { method: 'POST', body: { code: tour.code, language: 'es' } });
  const [set = ''] = response.headers.getSetCookie();
  const joined = joinAnswer.parse(await response.json());
  expect(set).toMatch(/^ubizo_pass=[^;]+; Path=\/api\/join; HttpOnly; SameSite=Strict; Max-Age=86400$/);
  expect(set).toContain(joined.token);
  box.attendeePage(joined);
  const { id } = await listed(desk, { connected: true });
  await remove(tour, id);
  const join = (code: string, cookie: string): Promise<Response> =>
    box.call('/api/join', { method: 'POST', cookie, body: { code, language: 'es' } });
  const cookie = set.split(';')[0]!;
  expect(await problemOf(await join(tour.code, cookie))).toEqual(REMOVED);
  expect((await join(other.code, cookie)).status, 'another tour').toBe(201);
  expect((await join(tour.code, 'ubizo_pass=nonsense')).status).toBe(201);
});
