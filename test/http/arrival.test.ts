import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Arrival, arrivalView } from '../../appliance/protocol/arrival.ts';
import { cookiesOf } from './guests.ts';
import { OLD_TOWN, problemOf, TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

async function arriveAt(path: string): Promise<{ html: string; headers: Headers; arrival: Arrival }> {
  const response = await box.call(path);
  const html = await response.text();
  const [, data = ''] = /<script type="application\/json" id="arrival">([^<]*)<\/script>/.exec(html) ?? [];
  return { html, headers: response.headers, arrival: arrivalView.parse(JSON.parse(data)) };
}

test('the page of a tour comes with the tour, as it is now, and is kept by nobody', async () => {
  const tour = await box.createTour();
  const { arrival, headers, html } = await arriveAt(`/j/${tour.code.toLowerCase()}`);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(arrival.tour).toMatchObject({ code: tour.code, state: 'ready', languages: ['es', 'fr'] });
  expect(html).toContain('<title>Old town · Ubizo</title>');
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  expect((await arriveAt(`/j/${tour.code}`)).arrival.tour?.state).toBe('live');
  expect((await arriveAt('/')).arrival.tours.map(({ id }) => id)).toContain(tour.id);
});

test('a name is text in the page, whatever is written in it', async () => {
  const name = '</script><script>alert(1)</script><!-- $& & "';
  const tour = await box.createTour({ ...OLD_TOWN, name });
  const { arrival, html } = await arriveAt(`/j/${tour.code}`);
  expect(arrival.tour?.name).toBe(name);
  expect(html).not.toContain('<script>alert');
  expect(html).not.toContain('</title><');
  await box.guide(`/api/tours/${tour.id}`, 'DELETE').catch(() => undefined);
});

test('a code that leads nowhere says so in the page, and cannot be found by trying there either', async () => {
  const own = await TestBox.start();
  const tour = await own.createTour();
  const response = await own.call('/j/ZZZZZZ');
  expect(await response.text()).toContain('"code":"code_unknown"');
  for (let i = 0; i < 60; i++) await (await own.call(`/j/ZZZZ${i}`)).text();
  expect(await (await own.call(`/j/${tour.code}`)).text()).toContain('"code":"too_many_attempts"');
  expect(await problemOf(await own.call(`/api/tours/by-code/${tour.code}`))).toMatchObject({ status: 429 });
  expect((await own.call('/j/%E0%A4%A')).status).toBeLessThan(500);
  await own.stop();
});

test('a phone that was let in needs no entry code and no name again, also after a restart', async () => {
  const tour = await box.createTour({ ...OLD_TOWN, entryCode: 'PLAZA7' });
  const join = (body: object, cookie = ''): Promise<Response> =>
    box.call('/api/join', { method: 'POST', cookie, body: { code: tour.code, language: 'es', ...body } });
  const pass = cookiesOf(await join({ entryCode: 'plaza7', name: 'Eva' }));
  expect((await join({}, pass)).status).toBe(201);
  expect(await problemOf(await join({}))).toMatchObject({ code: 'entry_code_needed' });
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { entryCode: 'OTHER8' });
  await box.restart();
  const again = await join({}, pass);
  expect(again.status).toBe(201);
  const { events, token } = (await again.json()) as { events: string; token: string };
  const page = box.attendeePage({ events, token, whep: '', tour });
  await page.snapshot();
  const { attendees } = await box.guide(`/api/tours/${tour.id}`);
  expect(attendees).toMatchObject([{ name: 'Eva' }]);
});

test('an entry code that comes in mid-tour puts nobody out, but a pass of another tour opens nothing', async () => {
  const tour = await box.createTour();
  const body = { code: tour.code, language: 'es' };
  const pass = cookiesOf(await box.call('/api/join', { method: 'POST', body }));
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { entryCode: 'LATER9' });
  await box.restart();
  expect((await box.call('/api/join', { method: 'POST', body, cookie: pass })).status).toBe(201);
  const other = await box.createTour({ ...OLD_TOWN, entryCode: 'LATER9' });
  const elsewhere = await box.call('/api/join', {
    method: 'POST',
    body: { ...body, code: other.code },
    cookie: pass,
  });
  expect(await problemOf(elsewhere)).toMatchObject({ code: 'entry_code_needed' });
});

test('who has not joined is told within moments what there is to join', async () => {
  const page = box.visitorsPage();
  const told = (code: string, state?: string) =>
    page.event(({ type, tours }) => {
      if (type !== 'open') return false;
      const found = (tours as { code: string; state: string }[]).find((tour) => tour.code === code);
      return found?.state === state;
    }, page.events.length);
  await page.event(({ type }) => type === 'open');
  let news = told('', undefined);
  const tour = await box.createTour({ ...OLD_TOWN, entryCode: 'PLAZA7' });
  await news;
  for (const [step, state] of [
    ['start', 'live'],
    ['pause', 'paused'],
    ['end', undefined],
  ] as const) {
    news = told(tour.code, state);
    await box.guide(`/api/tours/${tour.id}/${step}`, 'POST');
    await news;
  }
  expect(JSON.stringify(page.events)).not.toContain('PLAZA7');
});
