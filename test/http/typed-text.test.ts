import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountView } from '../../appliance/protocol/accounts.ts';
import { PhoneClient } from '../peer/phone-client.ts';
import { claim, cookiesOf, enter, OWNER } from './guests.ts';
import { OLD_TOWN, problemOf, SETUP_CODE, TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
  box.cookie = cookiesOf(await claim(box));
});

afterAll(() => box.stop());

const send = (method: string, path: string, body: unknown): Promise<Response> =>
  box.call(path, { method, body, cookie: box.cookie });

const REFUSED = { status: 400, code: 'bad_request' };
const BETWEEN = ['\u2013', '\u2011', '\u2014', '\u200B', '\u2060', '\u200E', '\u00AD', '\u2212', ' - '];

test('a tour’s code is found whatever dash or invisible character a keyboard has put in', async () => {
  const { code, id } = await box.createTour();
  for (const between of BETWEEN) {
    const typed = code.split('').join(between);
    const found = await box.call(`/api/tours/by-code/${encodeURIComponent(typed)}`);
    expect(await found.json(), JSON.stringify(typed)).toMatchObject({ id });
    const body = { code: `\u200E${typed.toLowerCase()}`, language: 'es' };
    expect((await box.call('/api/join', { method: 'POST', body })).status, JSON.stringify(typed)).toBe(201);
  }
});

test('a setup code makes a guide with full-width letters and other dashes, too', async () => {
  const wide = SETUP_CODE.replaceAll(/./gu, (one) => String.fromCodePoint(one.codePointAt(0)! + 0xfee0));
  for (const [at, setupCode] of [
    wide,
    ...BETWEEN.map((between) => SETUP_CODE.split('').join(between)),
  ].entries())
    expect((await enter(box, `guide${at}@example.org`, { setupCode })).status, setupCode).toBe(201);
  expect(await problemOf(await enter(box, 'late@example.org', { setupCode: '\u2013' }))).toEqual(REFUSED);
});

test('half a character is refused wherever something is stored or shown', async () => {
  const half = 'Altstadt \ud83d';
  const { id, code } = await box.createTour();
  for (const [method, path, body] of [
    ['POST', '/api/tours', { ...OLD_TOWN, name: half }],
    ['PATCH', `/api/tours/${id}`, { name: half }],
    ['PATCH', `/api/tours/${id}`, { notes: half }],
    ['PATCH', `/api/tours/${id}`, { glossary: [{ term: half }] }],
    ['PATCH', `/api/tours/${id}`, { glossary: [{ term: 'Plaza', translations: { es: half } }] }],
    ['PATCH', `/api/tours/${id}`, { [half]: 1 }],
    ['PATCH', '/api/device', { name: half }],
    ['PATCH', '/api/account', { name: half }],
    ['POST', '/api/join', { code, language: 'es', name: half }],
    ['POST', '/api/sign-in', { email: OWNER, password: half, role: 'owner' }],
  ] as const)
    expect(await problemOf(await send(method, path, body)), `${method} ${path}`).toEqual(REFUSED);
});

test('what cannot be seen is no name: of a visitor it is none, elsewhere it is refused', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  for (const name of ['\u200B', '\u2060', '\u3164', ' \u2800 ']) {
    expect(await problemOf(await send('POST', '/api/tours', { ...OLD_TOWN, name }))).toEqual(REFUSED);
    expect(await problemOf(await send('PATCH', `/api/tours/${tour.id}`, { name }))).toEqual(REFUSED);
    expect(await problemOf(await send('PATCH', '/api/device', { name }))).toEqual(REFUSED);
    expect(await problemOf(await send('PATCH', '/api/account', { name }))).toEqual(REFUSED);
    const glossary = [{ term: name }];
    expect(await problemOf(await send('PATCH', `/api/tours/${tour.id}`, { glossary }))).toEqual(REFUSED);
    const joined = await box.call('/api/join', {
      method: 'POST',
      body: { code: tour.code, language: 'es', name },
    });
    expect(joined.status).toBe(201);
    const answer = (await joined.json()) as Parameters<TestBox['attendeePage']>[0];
    const from = desk.events.length;
    const page = box.attendeePage(answer);
    const { changed } = await desk.event(({ type }) => type === 'attendees', from);
    expect(changed).toEqual([expect.not.objectContaining({ name: expect.anything() })]);
    page.close();
    await desk.event(({ changed }) => JSON.stringify(changed ?? '').includes('false'), from);
  }
});

test('a language is the same in any case, in every call', async () => {
  const tour = await box.createTour({
    name: 'Old town',
    floorLanguage: 'EN',
    languages: ['pt-br', 'ZH-hant', 'en', 'PT-BR'],
  });
  expect(tour).toMatchObject({ floorLanguage: 'en', languages: ['pt-BR', 'zh-Hant'] });
  const patch = {
    languages: ['PT-br', 'zh-HANT', 'ES'],
    glossary: [{ term: 'Plaza', translations: { 'pt-br': 'Praça' } }],
  };
  const changed = await box.guide(`/api/tours/${tour.id}`, 'PATCH', patch);
  expect(changed.languages).toEqual(['pt-BR', 'zh-Hant', 'es']);
  expect(changed.glossary).toEqual([{ term: 'Plaza', translations: { 'pt-BR': 'Praça' } }]);

  const joined = await box.join(tour.code, 'ZH-hant');
  const page = box.attendeePage(joined);
  expect(await page.snapshot()).toMatchObject({ language: 'zh-Hant' });
  let from = page.events.length;
  page.send({ type: 'language', language: 'PT-br' });
  expect(await page.snapshot(from)).toMatchObject({ language: 'pt-BR' });
  from = page.events.length;
  page.send({ type: 'language', language: 'FLOOR' });
  expect(await page.snapshot(from)).toMatchObject({ language: 'en' });
  page.close();
  // Who comes back to a box that was switched off and on says what their page shows.
  await box.restart();
  const phone = new PhoneClient({ direction: 'recvonly' });
  const sdp = { 'content-type': 'application/sdp' };
  const listening = await box.call(`${joined.whep}?language=PT-br`, {
    method: 'POST',
    token: joined.token,
    headers: sdp,
    body: await phone.offer(),
  });
  expect(listening.status).toBe(201);
  const beside = box.attendeePage(joined);
  expect(await beside.snapshot()).toMatchObject({ language: 'pt-BR' });
  beside.close();
  await phone.close();
  await box.restart();
  const again = box.attendeePage({ ...joined, events: `${joined.events}&language=ES` });
  expect(await again.snapshot()).toMatchObject({ language: 'es' });
  again.close();

  const own = await send('PATCH', '/api/account', { language: 'PT-br' });
  expect(accountView.parse(await own.json()).language).toBe('pt-BR');
});

test('an email address may have what the field of a page takes, and is the same however it is written', async () => {
  expect((await enter(box, 'tours&more@example.org', { role: 'attendee' })).status).toBe(201);
  expect((await enter(box, ' Tours&More\u200B@EXAMPLE.org', { role: 'attendee' })).status).toBe(200);
  expect((await enter(box, 'ana@müller.example', { role: 'attendee' })).status).toBe(201);
  expect((await enter(box, 'ana@xn--mller-kva.example', { role: 'attendee' })).status).toBe(200);
  expect(await problemOf(await enter(box, 'nobody at home@example.org'))).toEqual(REFUSED);
});

test('a key is pasted with what a messenger has put around it, and is no key with what no key has', async () => {
  expect(
    (await send('PATCH', '/api/device', { openaiKey: '\u200Bsk-proj-\u20601234567\u00A0\n' })).status,
  ).toBe(200);
  expect(await problemOf(await send('PATCH', '/api/device', { openaiKey: 'sk–proj–1234567' }))).toEqual(
    REFUSED,
  );
});
