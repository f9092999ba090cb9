import { Encoder } from '@evan/opus';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { strength, tone } from '../channel/frame-log.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { claim, cookiesOf, enter, OWNER } from './guests.ts';
import { type Event, type Page, problemOf, TestBox } from './test-box.ts';

const SDP: Record<string, string> = { 'content-type': 'application/sdp' };
const VISITOR = 3_100;
const GUIDE = 500;
/** What the stand-in says in English and in Japanese. */
const ENGLISH = 1_700;
const JAPANESE = 2_300;

let server: RealtimeServer;
let box: TestBox;
let tour: TourDeskView;
const undos: (() => unknown)[] = [];

beforeAll(async () => {
  const tones: Record<string, number> = { en: ENGLISH, ja: JAPANESE };
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5, tone: (language) => tones[language] });
  await server.start();
  box = await TestBox.start({
    UBIZO_MICROPHONE: 'phone',
    UBIZO_NOISE_GATE: 'off',
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['ja', 'es'] });
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
});

afterEach(async () => {
  await Promise.all(undos.splice(0).map((undo) => undo()));
});

afterAll(async () => {
  await box.stop();
  await server.stop();
});

type Shown = Parameters<TestBox['call']>[1];

/** A phone that sends to, or hears from, this address. */
async function phone(direction: 'sendonly' | 'recvonly', path: string, shown: Shown): Promise<PhoneClient> {
  const made = new PhoneClient({ direction });
  undos.push(() => made.close());
  const body = await made.offer();
  const response = await box.call(path, { method: 'POST', headers: SDP, body, ...shown });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  await made.accept(await response.text());
  await made.connected();
  return made;
}

/** Says a tone without end, with a pause for breath every second: where it pauses, it is interpreted. */
function hum(made: PhoneClient, hz: number): () => void {
  const encoder = new Encoder({ channels: 1, sample_rate: 24_000, application: 'audio' });
  let at = 0;
  const timer = setInterval(() => {
    const amplitude = (at / 480) % 50 < 30 ? 0.3 : 0;
    made.send(encoder.encode(Buffer.from(tone(hz, 20, amplitude, at).buffer))).catch(() => undefined);
    at += 480;
  }, 20);
  const stop = (): void => clearInterval(timer);
  undos.push(stop);
  return stop;
}

const desk = (cookie = box.cookie): Promise<PhoneClient> =>
  phone('recvonly', `/whep/desk?tour=${tour.id}`, { cookie });
const ear = ({ whep, token }: JoinAnswer): Promise<PhoneClient> => phone('recvonly', whep, { token });
const voice = ({ token }: JoinAnswer): Promise<PhoneClient> =>
  phone('sendonly', `/whip/floor/ask?tour=${tour.id}`, { token });

async function guideSpeaks(): Promise<void> {
  hum(await phone('sendonly', `/whip/floor?tour=${tour.id}`, { cookie: box.cookie }), GUIDE);
}

/** A visitor whose page is open. */
async function visit(language: string): Promise<{ visitor: JoinAnswer; page: Page }> {
  const visitor = await box.join(tour.code, language);
  const page = box.attendeePage(visitor);
  undos.push(() => page.close());
  await page.snapshot();
  return { visitor, page };
}

function guidesPage(): Page {
  const page = box.guidePage(tour.id);
  undos.push(() => page.close());
  return page;
}

/** Until the pitch is in the newest packets that came. */
async function hears(made: PhoneClient, hz: number): Promise<void> {
  for (let seen = 0; ; seen = made.packets.length) {
    await made.received(seen + 8);
    if (strength(made.sound(made.packets.slice(-8)), hz) > 0.05) return;
  }
}

const call = (state: string) => (event: Event) => event.type === 'call' && event.state === state;

async function deskListeners(): Promise<number> {
  const metrics = await (await box.call('/metrics')).text();
  return Number(/^ubizo_desk_listeners (\d+)$/m.exec(metrics)?.[1]);
}

interface CallOnDesk {
  readonly id: string;
  readonly state: string;
  readonly end?: string;
  readonly interpreted: boolean;
}

const callsOf = (event: Event): readonly CallOnDesk[] =>
  event.type === 'calls' ? (event.calls as CallOnDesk[]) : [];

/** How it has come to be seen at the desk. */
async function callOnDesk(page: Page, wanted: Partial<CallOnDesk>): Promise<CallOnDesk> {
  const isIt = (one: CallOnDesk): boolean =>
    Object.entries(wanted).every(([name, value]) => one[name as keyof CallOnDesk] === value);
  const event = await page.event((each) => callsOf(each).some(isIt));
  return callsOf(event).find(isIt)!;
}

async function taken(
  visitors: Page,
  guides: Page,
  floor: 'muted' | 'goes-on',
): Promise<{ id: string; active: Event }> {
  visitors.send({ type: 'call', act: 'ring' });
  const { id } = await callOnDesk(guides, { state: 'ringing' });
  guides.send({ type: 'call', act: 'take', id, floor });
  return { id, active: await visitors.event(call('active')) };
}

test('a question is heard at the desk in the guide’s language, and by no other visitor', async () => {
  const { visitor, page } = await visit('ja');
  const { visitor: other } = await visit('es');
  const guides = guidesPage();
  const [guide, third, mouth] = await Promise.all([desk(), ear(other), voice(visitor)]);
  hum(mouth, VISITOR);
  expect(await page.event(({ type }) => type === 'floor')).toMatchObject({ interpreted: true });
  page.send({ type: 'floor', act: 'request', to: 'guide' });
  await page.event(({ type, you }) => type === 'floor' && you === 'granted');
  await hears(guide, ENGLISH);
  expect(strength(guide.sound(), VISITOR), 'the visitor’s own voice is under it').toBeGreaterThan(0.001);
  expect(rmsDb(third.sound())).toBeLessThan(-70);
  page.send({ type: 'floor', act: 'release' });
  await page.event(({ type, you }) => type === 'floor' && you === 'none', page.events.length);
  const { question } = await guides.event(({ type }) => type === 'question');
  expect(question).toMatchObject({
    voice: true,
    language: 'ja',
    original: expect.stringContaining('The guide says sentence number 1.') as string,
    text: expect.stringContaining('Good morning. This is sentence number 1.') as string,
    by: 'model',
  });
  expect((await box.guide(`/api/tours/${tour.id}`)).spend.usd).toBeGreaterThan(0);
  expect(await deskListeners()).toBe(1);
});

test('a call is heard by two and by nobody else, and the tour goes on afterwards', async () => {
  const { visitor, page } = await visit('en');
  const { visitor: other } = await visit('en');
  const guides = guidesPage();
  await guideSpeaks();
  const [guide, caller, third, mouth] = await Promise.all([desk(), ear(visitor), ear(other), voice(visitor)]);
  hum(mouth, VISITOR);
  await Promise.all([hears(caller, GUIDE), hears(third, GUIDE)]);

  const { id, active } = await taken(page, guides, 'muted');
  expect(active.interpreted).toBe(false);
  await guides.event(
    ({ type, changes }) => type === 'tour-changed' && (changes as { muted?: boolean }).muted === true,
  );
  const callersSince = caller.packets.length;
  await Promise.all([hears(guide, VISITOR), hears(caller, GUIDE)]);
  // What was said before is there by now.
  await guide.received(guide.packets.length + 16);
  const since = third.packets.length;
  await guide.received(guide.packets.length + 16);
  expect(rmsDb(third.sound(third.packets.slice(since)))).toBeLessThan(-70);
  expect(strength(third.sound(), VISITOR)).toBeLessThan(0.001);
  expect(strength(caller.sound(caller.packets.slice(callersSince)), VISITOR), 'no echo').toBeLessThan(0.005);

  const from = page.events.length;
  guides.send({ type: 'call', act: 'hang-up', id });
  expect(await page.event(call('ended'), from)).toMatchObject({ end: 'hung-up' });
  const again = third.packets.length;
  await third.received(again + 8);
  await Promise.all([hears(third, GUIDE), hears(caller, GUIDE)]);
  expect(strength(third.sound(), VISITOR)).toBeLessThan(0.001);
});

test('a guide who mutes themselves during a call is not heard when it is over', async () => {
  const { page } = await visit('en');
  const guides = guidesPage();
  const { id } = await taken(page, guides, 'muted');
  for (const muted of [false, true]) await box.guide(`/api/tours/${tour.id}`, 'PATCH', { muted });
  guides.send({ type: 'call', act: 'hang-up', id });
  await page.event(call('ended'));
  expect((await box.guide(`/api/tours/${tour.id}`)).muted).toBe(true);
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { muted: false });
});

test('two who share no language hear each other in their own, while the tour goes on', async () => {
  const { visitor, page } = await visit('ja');
  const { visitor: other } = await visit('en');
  const guides = guidesPage();
  await guideSpeaks();
  const [guide, caller, third, mouth] = await Promise.all([desk(), ear(visitor), ear(other), voice(visitor)]);
  hum(mouth, VISITOR);
  const { id, active } = await taken(page, guides, 'goes-on');
  expect(active.interpreted).toBe(true);
  await Promise.all([hears(guide, ENGLISH), hears(caller, JAPANESE), hears(third, GUIDE)]);
  expect(strength(third.sound(), VISITOR)).toBeLessThan(0.001);
  await mouth.close();
  expect(await callOnDesk(guides, { id, state: 'ended' })).toMatchObject({ end: 'lost' });
});

test('who has the floor in another language is heard at the desk, and then by all who hear the guide’s language', async () => {
  const { visitor, page } = await visit('ja');
  const { visitor: other, page: reader } = await visit('en');
  const guides = guidesPage();
  const [guide, third, mouth] = await Promise.all([desk(), ear(other), voice(visitor)]);
  hum(mouth, VISITOR);
  page.send({ type: 'floor', act: 'request', to: 'all' });
  await guides.event(({ type, queue }) => type === 'floor' && (queue as unknown[]).length > 0);
  guides.send({ type: 'floor', act: 'grant' });
  await Promise.all([hears(guide, ENGLISH), hears(third, VISITOR)]);
  expect(strength(third.sound(), ENGLISH)).toBeLessThan(0.01);
  page.send({ type: 'floor', act: 'release' });
  await hears(third, ENGLISH);
  // And read by them, as the question that it is.
  const { asked: id } = await reader.event(
    ({ type, asked, text }) =>
      type === 'caption' && asked !== undefined && String(text).startsWith('Good morning'),
  );
  await guides.event(({ type, question }) => type === 'question' && (question as { id: string }).id === id);
});

test('a call ends with the visitor’s page, and none is made where nobody may speak', async () => {
  const { page } = await visit('ja');
  const guides = guidesPage();
  const { id } = await taken(page, guides, 'muted');
  page.close();
  expect(await callOnDesk(guides, { id, state: 'ended' })).toMatchObject({ end: 'lost' });

  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { asking: { ...tour.asking, voice: false } });
  const { page: later } = await visit('es');
  later.send({ type: 'call', act: 'ring' });
  expect(await later.event(({ type }) => type === 'error')).toMatchObject({ code: 'voice_off' });
  guides.send({ type: 'call', act: 'take', id: 'unknown' });
  expect(await guides.event(({ type }) => type === 'error')).toMatchObject({ code: 'call_not_found' });
});

test('the desk channel is for who guides the tour, for as long as they are signed in', async () => {
  const { visitor } = await visit('es');
  const offer = { method: 'POST', headers: SDP, body: 'v=0' };
  const path = `/whep/desk?tour=${tour.id}`;
  expect(await problemOf(await box.call(path, offer))).toMatchObject({ code: 'not_signed_in' });
  expect(await problemOf(await box.call(path, { ...offer, token: visitor.token }))).toMatchObject({
    code: 'not_signed_in',
  });
  expect(await problemOf(await box.call('/whep/desk', { ...offer, cookie: box.cookie }))).toMatchObject({
    code: 'tour_not_found',
  });
  expect(await problemOf(await box.call(path, { ...offer, cookie: box.cookie }))).toMatchObject({
    code: 'bad_sdp',
  });

  await claim(box);
  const response = await enter(box, OWNER, { role: 'owner', create: false });
  const cookie = cookiesOf(response);
  const before = await deskListeners();
  await desk(cookie);
  expect(await deskListeners()).toBe(before + 1);
  await box.call('/api/sign-in', { method: 'DELETE', cookie });
  expect(await deskListeners()).toBe(0);
});
