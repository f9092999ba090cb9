import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { fileURLToPath } from 'node:url';
import { type Event, OLD_TOWN, problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let server: RealtimeServer;
let box: TestBox;

beforeAll(async () => {
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5 });
  await server.start();
  box = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
});

afterAll(async () => {
  await box.stop();
  await server.stop();
});

const transcript = ({ tour, token }: JoinAnswer, language: string): Promise<Response> =>
  box.call(`/api/visits/${tour.id}/transcript?language=${language}`, { token });

const rate = ({ tour, token }: JoinAnswer, stars: unknown): Promise<Response> =>
  box.call(`/api/visits/${tour.id}/rating`, { method: 'POST', token, body: { stars } });

const finalCaption = ({ type, final, language }: Event): boolean =>
  type === 'caption' && final === true && language === 'es';

async function step(tour: TourDeskView, name: string): Promise<TourDeskView> {
  return box.guide(`/api/tours/${tour.id}/${name}`, 'POST');
}

test('a visitor takes the words along in their language, once the tour has ended, if they are kept', async () => {
  const tour = await box.createTour();
  await step(tour, 'start');
  const visitor = await box.join(tour.code, 'es');
  const page = box.attendeePage(visitor);
  const said = await page.event(finalCaption);
  expect(await problemOf(await transcript(visitor, 'es'))).toEqual({ status: 409, code: 'tour_state' });
  await step(tour, 'end');
  const kept = await transcript(visitor, 'es');
  expect(kept.status).toBe(200);
  expect(kept.headers.get('content-disposition')).toContain('Old town es.txt');
  expect(await kept.text()).toContain(String(said.text));
  expect(await problemOf(await transcript(visitor, 'fr'))).toEqual({ status: 404, code: 'not_found' });
});

test('nothing is kept of a tour whose guide wants none', async () => {
  const tour = await box.createTour({ ...OLD_TOWN, retention: { transcriptDays: 0 } });
  await step(tour, 'start');
  const visitor = await box.join(tour.code, 'es');
  await box.attendeePage(visitor).event(finalCaption);
  await step(tour, 'end');
  expect(await problemOf(await transcript(visitor, 'es'))).toEqual({ status: 404, code: 'not_found' });
});

test('ratings are counted with the tour, once for each who came, and the guide sees how it went', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  const [first, second, absent] = await Promise.all([1, 2, 3].map(() => box.join(tour.code, 'es')));
  await Promise.all([first, second].map((each) => box.attendeePage(each!).snapshot()));
  expect(await problemOf(await rate(first!, 5))).toEqual({ status: 409, code: 'tour_state' });
  await step(tour, 'start');
  const third = box.attendeePage(await box.join(tour.code, 'floor'));
  await third.snapshot();
  expect((await step(tour, 'end')).summary).toMatchObject({ minutes: 0, mostListeners: 3 });
  expect((await rate(first!, 5)).status).toBe(204);
  expect((await rate(second!, 2)).status).toBe(204);
  expect((await rate(second!, 3)).status, 'they think again').toBe(204);
  expect(await problemOf(await rate(absent!, 1))).toEqual({ status: 404, code: 'attendee_not_found' });
  for (const stars of [0, 6, 2.5, 'five'])
    expect(await problemOf(await rate(first!, stars))).toMatchObject({ code: 'bad_request' });
  await desk.event(
    ({ changes }) => (changes as { summary?: { ratings: number[] } })?.summary?.ratings.join('') === '00101',
  );
  await box.restart();
  const kept = await box.guide(`/api/tours/${tour.id}`);
  expect(kept.summary).toMatchObject({ mostListeners: 3, ratings: [0, 0, 1, 0, 1] });
  const again = await box.guide(`/api/tours/${tour.id}/copy`, 'POST');
  expect(again).not.toHaveProperty('summary');
});
