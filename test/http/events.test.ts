import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { attendeeEvent } from '../../appliance/protocol/events.ts';
import { guideEvent } from '../../appliance/protocol/guide-events.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { type Event, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
});

afterAll(() => box.stop());

const fallenBack = ({ type, language, state }: Event): boolean =>
  type === 'channel' && language === 'es' && state === 'floor';

const guideSpeaksSpanish = ({ type, tour }: Event): boolean =>
  type === 'tour' && (tour as { floorLanguage: string }).floorLanguage === 'es';

/** The status with which a socket is refused. */
function refusal(path: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(box.url.replace('http', 'ws') + path, { headers });
  socket.on('error', () => undefined);
  return new Promise((resolve) =>
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0)),
  );
}

test('a visitor’s page is shown the tour first, and the whole anew after a change of language', async () => {
  const tour = await box.createTour();
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  expect(await page.snapshot()).toMatchObject({
    snapshot: true,
    language: 'es',
    captions: [],
    tour: { id: tour.id, state: 'ready', channels: [{ language: 'en' }, { language: 'es' }, {}] },
  });
  expect(page.events[0]?.type).toBe('tour');
  const from = page.events.length;
  page.send({ type: 'language', language: 'floor' });
  expect(await page.snapshot(from)).toMatchObject({ language: 'en' });
  const refused = page.events.length;
  page.send({ type: 'language', language: 'de' });
  expect(await page.event(({ type }) => type === 'error', refused)).toMatchObject({
    code: 'language_not_offered',
  });
});

test('a message that makes no sense is answered with an error, and the page stays connected', async () => {
  const tour = await box.createTour();
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  await page.snapshot();
  for (const message of ['nonsense', '[]', '{"type":"mute","muted":true}', '{"type":"language"}']) {
    const from = page.events.length;
    page.send(message);
    expect(await page.event(({ type }) => type === 'error', from)).toMatchObject({ code: 'bad_request' });
  }
  const from = page.events.length;
  page.send({ type: 'language', language: 'fr' });
  await page.snapshot(from);
});

test('a page that floods the box is let go', async () => {
  const tour = await box.createTour();
  const joined = await box.join(tour.code, 'es');
  const flooding = box.attendeePage(joined);
  await flooding.snapshot();
  for (let i = 0; i < 30; i++) flooding.send({ type: 'language', language: 'es' });
  expect(await flooding.closed()).toBe(1008);
  const huge = box.attendeePage(joined);
  await huge.snapshot();
  huge.send('x'.repeat(5_000));
  expect(await huge.closed()).toBe(1009);
});

test('who has no business with a tour gets no socket', async () => {
  const tour = await box.createTour();
  const other = await box.createTour();
  const { token, events } = await box.join(tour.code, 'es');
  const path = `/api/tours/${tour.id}/events`;
  expect(await refusal(path)).toBe(401);
  expect(await refusal(`${path}?token=forged`)).toBe(401);
  expect(await refusal(`/api/tours/${other.id}/events?token=${token}`)).toBe(401);
  expect(await refusal('/api/tours/nothing/events', { cookie: box.cookie })).toBe(404);
  expect(await refusal('/api/nothing', { cookie: box.cookie })).toBe(404);
  expect(await refusal(events, { origin: 'http://evil.example' })).toBe(403);
  expect(await refusal(path, { cookie: box.cookie, origin: 'http://evil.example' })).toBe(403);
});

test('the guide’s desk shows who comes, hears the microphone, and mutes it', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  expect(await desk.snapshot()).toMatchObject({ tour: { id: tour.id, joinUrl: tour.joinUrl } });
  await desk.event(({ type, state }) => type === 'microphone' && state === 'open');
  await desk.event(({ type, heard }) => type === 'level' && heard === true);
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await desk.event(({ type, changes }) => type === 'tour-changed' && (changes as object) !== undefined);
  await desk.event(
    ({ type, language, state }) => type === 'channel' && language === 'en' && state === 'live',
  );

  const page = box.attendeePage(await box.join(tour.code, 'es'));
  await page.snapshot();
  // There is no interpreter: the visitor hears the guide, and both are told; only the guide why.
  expect(await desk.event(fallenBack)).toMatchObject({
    problem: { code: 'interpreter_language_unsupported' },
  });
  expect(await page.event(fallenBack)).not.toHaveProperty('problem');

  const from = page.events.length;
  desk.send({ type: 'mute', muted: true });
  expect(await page.event(({ type }) => type === 'tour-changed', from)).toEqual({
    type: 'tour-changed',
    changes: { muted: true },
  });
  await desk.event(
    ({ type, language, state }) => type === 'channel' && language === 'en' && state === 'silent',
    desk.events.findLastIndex(({ type, state }) => type === 'channel' && state === 'live'),
  );
  desk.send('nonsense');
  expect(await desk.event(({ type }) => type === 'error')).toMatchObject({ code: 'bad_request' });
  for (const event of page.events) expect(attendeeEvent.safeParse(event).success, event.type).toBe(true);
  for (const event of desk.events) expect(guideEvent.safeParse(event).success, event.type).toBe(true);
  await box.guide(`/api/tours/${tour.id}/end`, 'POST');
});

test('visitors are told when the guide has no microphone, and when there is one again', async () => {
  const tour = await box.createTour();
  const page = box.attendeePage(await box.join(tour.code, 'es'));
  await page.snapshot();
  const told = (there: boolean, from: number): Promise<Event> =>
    page.event(({ changes }) => (changes as { microphoneThere?: boolean })?.microphoneThere === there, from);
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await told(true, 0);
  const from = page.events.length;
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { microphone: 'phone' });
  await told(false, from);
  await box.guide(`/api/tours/${tour.id}/end`, 'POST');
});

test('a tour that has ended is silent, also when it ended in mid-sentence', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await desk.event(
    ({ type, language, state }) => type === 'channel' && language === 'en' && state === 'live',
  );
  const from = desk.events.length;
  await box.guide(`/api/tours/${tour.id}/end`, 'POST');
  await desk.event(
    ({ type, language, state }) => type === 'channel' && language === 'en' && state === 'silent',
    from,
  );
  expect((await box.guide(`/api/tours/${tour.id}`)).microphone.state).toBe('closed');
});

test('the pages of a tour that is deleted are let go, so that they ask anew and are told', async () => {
  const tour = await box.createTour();
  const pages = [box.guidePage(tour.id), box.attendeePage(await box.join(tour.code, 'es'))];
  await Promise.all(pages.map((page) => page.snapshot()));
  await box.call(`/api/tours/${tour.id}`, { method: 'DELETE', cookie: box.cookie });
  expect(await Promise.all(pages.map((page) => page.closed()))).toEqual([1001, 1001]);
});

test('visitors who joined early keep their language when the guide changes their own', async () => {
  const tour = await box.createTour();
  const [spanish, french, english] = await Promise.all(
    ['es', 'fr', 'en'].map(async (language) => box.attendeePage(await box.join(tour.code, language))),
  );
  await Promise.all([spanish?.snapshot(), french?.snapshot(), english?.snapshot()]);
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { floorLanguage: 'es' });
  expect(await french?.event(guideSpeaksSpanish)).toMatchObject({ language: 'fr' });
  expect(await spanish?.event(guideSpeaksSpanish)).toMatchObject({ language: 'es' });
  expect(await english?.event(guideSpeaksSpanish)).toMatchObject({ language: 'es' });
});

test('who hears a language that is taken off the tour is moved to the guide and told', async () => {
  const tour = await box.createTour();
  const joined = await box.join(tour.code, 'es');
  const page = box.attendeePage(joined);
  await page.snapshot();
  const from = page.events.length;
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { languages: ['fr'] });
  expect(
    await page.event(({ tour: shown }) => (shown as { languages?: string[] })?.languages?.length === 1, from),
  ).toMatchObject({ language: 'en', tour: { languages: ['fr'] } });
  expect(await page.event(({ type }) => type === 'error', from)).toMatchObject({
    code: 'language_not_offered',
    message: expect.stringContaining('You hear the guide now'),
  });
  // A page takes down what it was told before a snapshot.
  const order = page.events.slice(from).map(({ type }) => type);
  expect(order.lastIndexOf('tour')).toBeLessThan(order.indexOf('error'));
});

test('a visitor reads only their own language; the guide reads all, and their own words once', async () => {
  const server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5 });
  await server.start();
  const own = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}`,
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  try {
    const tour = await own.createTour();
    const desk = own.guidePage(tour.id);
    const spanish = own.attendeePage(await own.join(tour.code, 'es'));
    const french = own.attendeePage(await own.join(tour.code, 'fr'));
    await Promise.all([spanish.snapshot(), french.snapshot(), desk.snapshot()]);
    expect(server.sessions, 'nothing is opened before the start').toHaveLength(0);
    await own.guide(`/api/tours/${tour.id}/start`, 'POST');
    const caption = (page: typeof desk, language: string): Promise<unknown> =>
      page.event((event) => event.type === 'caption' && event.language === language);
    await Promise.all([
      caption(spanish, 'es'),
      caption(french, 'fr'),
      ...['en', 'es', 'fr'].map((language) => caption(desk, language)),
    ]);
    const read = (page: typeof desk): unknown[] => [
      ...new Set(page.events.filter(({ type }) => type === 'caption').map(({ language }) => language)),
    ];
    expect(read(spanish)).toEqual(['es']);
    expect(read(french)).toEqual(['fr']);
    const sources = new Set(
      desk.events
        .filter(({ type, language }) => type === 'caption' && language === 'en')
        .map(({ id }) => String(id).split('-')[0]),
    );
    expect(sources.size, 'interpreters that caption the guide').toBe(1);
    const late = own.attendeePage(await own.join(tour.code, 'fr'));
    const { captions } = await late.snapshot();
    expect((captions as { language: string }[]).length).toBeGreaterThan(0);
    expect((captions as { language: string }[]).every(({ language }) => language === 'fr')).toBe(true);
  } finally {
    await own.stop();
    await server.stop();
  }
});
