import { Decoder } from '@evan/opus';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import { readSoundFrame } from '../../appliance/protocol/sound-frame.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { strength } from '../channel/frame-log.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { TalkingPhone } from '../talkback/talking-phone.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

const GUIDE = 440;
const ASKER = 1_300;
const SDP = { 'content-type': 'application/sdp' };
/** Sound of the last half second, in packets of the guide's voice. */
const LATELY = 25;

let box: TestBox;
let tour: TourDeskView;
let desk: Page;
let guide: TalkingPhone;
const closing: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_NOISE_GATE: 'off' });
  tour = await box.createTour();
  desk = box.guidePage(tour.id);
  await desk.snapshot();
  guide = new TalkingPhone();
  await whip(guide, `/whip/floor?tour=${tour.id}`, { cookie: box.cookie });
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
});

afterEach(async () => {
  guide.hz = 0;
  desk.send({ type: 'floor', act: 'take-back' });
  for (const each of closing.splice(0)) await each();
});

afterAll(async () => {
  await guide.close();
  await box.stop();
});

/** Brings a phone's voice to the box. @returns where it is to be met again. */
async function whip(phone: TalkingPhone, path: string, who: object): Promise<string> {
  const body = await phone.client.offer();
  const response = await box.call(path, { method: 'POST', body, headers: SDP, ...who });
  if (response.status !== 201) throw new Error(await response.text());
  await phone.client.accept(await response.text());
  await phone.client.connected();
  phone.start();
  return response.headers.get('location') ?? '';
}

interface Visitor {
  readonly pass: JoinAnswer;
  readonly page: Page;
  readonly ear: PhoneClient;
  readonly voice: TalkingPhone;
  /** Its WHIP resource. */
  readonly resource: string;
}

/** A visitor who hears the tour and has a microphone. */
async function visitor(language = 'floor'): Promise<Visitor> {
  const pass = await box.join(tour.code, language);
  const page = box.attendeePage(pass);
  await page.snapshot();
  const ear = new PhoneClient({ direction: 'recvonly' });
  const body = await ear.offer();
  const offered = await box.call(pass.whep, { method: 'POST', token: pass.token, headers: SDP, body });
  await ear.accept(await offered.text());
  await ear.connected();
  const voice = new TalkingPhone();
  const resource = await whip(voice, `/whip/floor/ask?tour=${tour.id}`, { token: pass.token });
  closing.push(async () => {
    page.close();
    await Promise.all([voice.close(), ear.close()]);
  });
  return { pass, page, ear, voice, resource };
}

const isFloor =
  (of: Partial<Record<string, unknown>>) =>
  (event: Event): boolean =>
    event.type === 'floor' && Object.entries(of).every(([name, value]) => event[name] === value);

/** How loud a pitch is in what somebody has heard lately. */
function lately({ packets }: PhoneClient, hz: number): number {
  return strength(soundOf(packets.slice(-LATELY).map(({ payload }) => payload)), hz);
}

function soundOf(payloads: readonly Uint8Array[]): Int16Array {
  const decoder = new Decoder({ channels: 1, sample_rate: 24_000 });
  return Int16Array.from(
    payloads.flatMap((payload) => {
      const bytes = decoder.decode(payload);
      return [...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1)];
    }),
  );
}

async function hears(ear: PhoneClient, hz: number): Promise<void> {
  // Not at every packet: to decode half a second is work.
  await ear.until(
    () => ear.packets.length >= LATELY && ear.packets.length % 5 === 0 && lately(ear, hz) > 0.2,
  );
}

async function granted({ page, pass }: Visitor): Promise<Event> {
  const asked = desk.events.length;
  page.send({ type: 'floor', act: 'request', to: 'all' });
  const attendee = idOf(pass);
  await desk.event(
    (event) => event.type === 'floor' && JSON.stringify(event['queue']).includes(attendee),
    asked,
  );
  desk.send({ type: 'floor', act: 'grant', attendee });
  return page.event(isFloor({ you: 'granted', to: 'all' }));
}

function idOf({ token }: JoinAnswer): string {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    sub?: string;
    id?: string;
  };
  return claims.sub ?? claims.id ?? '';
}

async function dropped(): Promise<number> {
  const text = await (await box.call('/metrics')).text();
  return Number(/^ubizo_floor_dropped_packets_total (\d+)/m.exec(text)?.[1]);
}

test('who is given the floor is heard by all, once, in every language; and not by themselves', async () => {
  guide.hz = GUIDE;
  const [asker, english, spanish] = [await visitor(), await visitor(), await visitor('es')];
  for (const { ear } of [asker, english, spanish]) await hears(ear, GUIDE);
  asker.voice.hz = ASKER;
  const event = await granted(asker);
  expect(event).toMatchObject({ voice: 'visitor', endsAt: expect.any(Number) as number });
  expect(await english.page.event(isFloor({ voice: 'visitor' }))).toMatchObject({ you: 'none' });
  // The guide's microphone hears the question through the air.
  guide.hz = ASKER;
  guide.amplitude = 0.02;
  for (const { ear } of [english, spanish]) {
    await hears(ear, ASKER);
    const from = ear.packets.length;
    await ear.received(from + LATELY);
    expect(lately(ear, ASKER)).toBeLessThan(0.36);
    expect(lately(ear, GUIDE)).toBeLessThan(0.02);
  }
  guide.hz = GUIDE;
  guide.amplitude = 0.3;
  // By being released, or because the guide speaks.
  asker.page.send({ type: 'floor', act: 'release' });
  await asker.page.event(isFloor({ you: 'none', voice: 'guide' }), asker.page.events.indexOf(event));
  for (const { ear } of [english, spanish, asker]) await hears(ear, GUIDE);
  expect(strength(asker.ear.sound(), ASKER), 'in no packet').toBeLessThan(0.002);
  expect(asker.page.events.filter(({ type }) => type === 'error')).toEqual([]);
});

test('a phone that hears over a socket is not sent its own voice either, and is not told that it has lost anything', async () => {
  const [asker, other] = [await visitor(), await visitor()];
  const sent: Uint8Array[] = [];
  const socket = new WebSocket(
    `${box.url.replace('http', 'ws')}/api/tours/${tour.id}/sound?token=${asker.pass.token}`,
  );
  closing.push(() => socket.terminate());
  socket.on('message', (data: Buffer, binary) => {
    const frame = binary ? readSoundFrame(data) : undefined;
    if (frame && frame.sound.length > 0) sent.push(Uint8Array.from(frame.sound));
  });
  guide.hz = GUIDE;
  await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(LATELY);
  guide.hz = 0;
  asker.voice.hz = ASKER;
  await granted(asker);
  await hears(other.ear, ASKER);
  await other.ear.received(other.ear.packets.length + LATELY);
  asker.page.send({ type: 'ping' });
  expect(await asker.page.event(({ type }) => type === 'pong')).toMatchObject({ soundingMs: 0 });
  asker.page.send({ type: 'floor', act: 'release' });
  guide.hz = GUIDE;
  const before = sent.length;
  await expect.poll(() => sent.length, { timeout: 20_000 }).toBeGreaterThan(before + 2 * LATELY);
  await expect
    .poll(() => strength(soundOf(sent.slice(-LATELY)), GUIDE), { timeout: 20_000 })
    .toBeGreaterThan(0.2);
  expect(strength(soundOf(sent), ASKER)).toBeLessThan(0.002);
});

test('of two who press at once one is heard; when their page is gone it is the other’s turn', async () => {
  const [first, second] = [await visitor(), await visitor()];
  for (const { page, voice } of [first, second]) {
    voice.hz = ASKER;
    page.send({ type: 'floor', act: 'request', to: 'guide' });
  }
  const told = await Promise.all([first, second].map(({ page }) => page.event(isFloor({ to: 'guide' }))));
  expect(new Set(told.map(({ you }) => you))).toEqual(new Set(['granted', 'waiting']));
  const [holder, next] = told[0]?.['you'] === 'granted' ? [first, second] : [second, first];
  holder.page.close();
  await next.page.event(isFloor({ you: 'granted', to: 'guide' }));
  // The guide lets all hear who speaks.
  desk.send({ type: 'floor', act: 'grant' });
  const event = await next.page.event(isFloor({ you: 'granted', to: 'all' }));
  await hears(holder.ear, ASKER);
  // And when nothing more comes from their microphone, however open the page.
  next.voice.stop();
  await next.page.event(isFloor({ you: 'none' }), next.page.events.indexOf(event));
});

test('what comes from somebody without the floor is heard by nobody, and counted', async () => {
  const [asker, other] = [await visitor(), await visitor()];
  guide.hz = GUIDE;
  asker.voice.hz = ASKER;
  const before = await dropped();
  await other.ear.received(other.ear.packets.length + 2 * LATELY);
  expect(await dropped()).toBeGreaterThan(before);
  expect(strength(other.ear.sound(), ASKER)).toBeLessThan(0.002);
  await hears(other.ear, GUIDE);
});

test('a guide who speaks up is heard again by all, unless the tour has it otherwise', async () => {
  const [asker, other] = [await visitor(), await visitor()];
  asker.voice.hz = ASKER;
  const asking = { to: 'guide', voice: true, slowS: 0, guideBargesIn: false, askerDucks: true };
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking });
  await granted(asker);
  await hears(other.ear, ASKER);
  guide.hz = GUIDE;
  await other.ear.received(other.ear.packets.length + 2 * LATELY);
  // Which is switched off.
  await hears(other.ear, ASKER);
  guide.hz = 0;
  await other.ear.received(other.ear.packets.length + LATELY);
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking: { ...asking, guideBargesIn: true } });
  await other.ear.received(other.ear.packets.length + LATELY);
  const asked = asker.page.events.length;
  guide.hz = GUIDE;
  await asker.page.event(isFloor({ you: 'none', voice: 'guide' }), asked);
  await hears(other.ear, GUIDE);
  await other.ear.received(other.ear.packets.length + LATELY);
  expect(lately(other.ear, ASKER)).toBeLessThan(0.01);
});

test('a removed visitor is out at once, and their microphone is not taken again', async () => {
  const asker = await visitor();
  asker.voice.hz = ASKER;
  await granted(asker);
  const told = desk.events.length;
  const id = idOf(asker.pass);
  const removed = await box.call(`/api/tours/${tour.id}/attendees/${id}`, {
    method: 'DELETE',
    cookie: box.cookie,
  });
  expect(removed.ok).toBe(true);
  await desk.event((event) => event.type === 'floor' && event['holder'] === undefined, told);
  const fragment = { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' };
  const late = {
    method: 'PATCH',
    token: asker.pass.token,
    headers: fragment,
    body: 'a=end-of-candidates\r\n',
  };
  expect(await problemOf(await box.call(asker.resource, late))).toMatchObject({ status: 404 });
  const again = { method: 'POST', token: asker.pass.token, headers: SDP, body: 'v=0' };
  expect(await problemOf(await box.call('/whip/floor/ask', again))).toEqual({
    status: 403,
    code: 'attendee_removed',
  });
});

test('who may not speak is told why, in the call and over the socket', async () => {
  const { pass, page } = await visitor();
  const offer = (query = '', how: object = { token: pass.token }): Promise<Response> =>
    box.call(`/whip/floor/ask${query}`, { method: 'POST', headers: SDP, body: 'v=0', ...how });
  expect(await problemOf(await offer('', {}))).toMatchObject({ status: 401, code: 'token_invalid' });
  expect(await problemOf(await offer('', { cookie: box.cookie }))).toMatchObject({ status: 401 });
  expect(await problemOf(await offer('?tour=another'))).toMatchObject({ status: 401, code: 'token_invalid' });
  expect(await problemOf(await offer())).toEqual({ status: 400, code: 'bad_sdp' });

  const request = async (): Promise<unknown> => {
    const from = page.events.length;
    page.send({ type: 'floor', act: 'request', to: 'all' });
    return (await page.event(({ type }) => type === 'error', from))['code'];
  };
  const asking = { to: 'guide', voice: true, slowS: 0, guideBargesIn: true, askerDucks: true };
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking: { ...asking, voice: false } });
  expect(await request()).toBe('voice_off');
  expect(await problemOf(await offer())).toEqual({ status: 403, code: 'voice_off' });
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking });
  await box.guide(`/api/tours/${tour.id}/pause`, 'POST');
  expect(await request()).toBe('tour_state');
  expect(await problemOf(await offer())).toEqual({ status: 409, code: 'tour_state' });
  await box.guide(`/api/tours/${tour.id}/resume`, 'POST');
  const question = { method: 'POST', token: pass.token, body: { text: '?!' } };
  const asked = await box.call(`/api/visits/${tour.id}/questions`, question);
  const { id } = (await asked.json()) as { id: string };
  const block = (on: string): Promise<Response> =>
    box.call(`/api/tours/${tour.id}/questions/${id}/${on}`, { method: 'POST', cookie: box.cookie });
  page.send({ type: 'floor', act: 'request', to: 'guide' });
  const speaks = await page.event(isFloor({ you: 'granted' }));
  await block('block');
  // Nor does who is blocked go on speaking.
  await page.event(isFloor({ you: 'none' }), page.events.indexOf(speaks));
  expect(await request()).toBe('asker_blocked');
  expect(await problemOf(await offer())).toEqual({ status: 403, code: 'asker_blocked' });
  await block('unblock');
});
