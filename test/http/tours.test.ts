import { afterAll, beforeAll, expect, test } from 'vitest';
import { OLD_TOWN, problemOf, TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

const asGuide = (path: string, method: string, body?: unknown): Promise<Response> =>
  box.call(path, { method, body, cookie: box.cookie });

test('a new tour has a code, a join link and the languages it was given', async () => {
  const languages = ['es', 'en', 'fr', 'es'];
  const response = await asGuide('/api/tours', 'POST', { ...OLD_TOWN, name: ' Old town ', languages });
  expect(response.status).toBe(201);
  const tour = (await response.json()) as Record<string, unknown>;
  expect(response.headers.get('location')).toBe(`/api/tours/${String(tour.id)}`);
  expect(tour).toMatchObject({
    name: 'Old town',
    state: 'ready',
    muted: false,
    floorLanguage: 'en',
    languages: ['es', 'fr'],
    joinUrl: `${box.url}/j/${String(tour.code)}`,
    microphone: { id: 'none', state: 'closed' },
  });
  expect(tour.code).toMatch(/^[2-9A-HJKMNP-TV-Z]{6}$/);
  expect(tour.channels).toMatchObject([
    { language: 'en', state: 'silent', listeners: 0 },
    { language: 'es' },
    { language: 'fr' },
  ]);
});

test.each([
  [{ name: '', floorLanguage: 'en', languages: ['es'] }, '"name"'],
  [{ name: 'x'.repeat(81), floorLanguage: 'en', languages: ['es'] }, '"name"'],
  [{ name: 'x', floorLanguage: 'English', languages: ['es'] }, '"floorLanguage"'],
  [{ name: 'x', floorLanguage: 'en', languages: [] }, '"languages"'],
  [{ name: 'x', floorLanguage: 'en', languages: ['../..'] }, '"languages.0"'],
  [{ name: 'x', floorLanguage: 'en' }, '"languages"'],
  [[], 'not what it should be'],
])('a tour that makes no sense is refused with the field that is wrong: %j', async (body, words) => {
  const response = await asGuide('/api/tours', 'POST', body);
  expect(response.status).toBe(400);
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  expect(error.code).toBe('bad_request');
  expect(error.message).toContain(words);
});

test('a tour takes what visitors say as its guide sets it, from the beginning', async () => {
  const asking = { to: 'off', voice: false, slowS: 60, guideBargesIn: true, askerDucks: false } as const;
  const { id } = await box.createTour({ ...OLD_TOWN, asking });
  expect(await box.guide(`/api/tours/${id}`, 'GET')).toMatchObject({ asking });
});

test('a glossary, notes and how long a transcript is kept are the guide’s to set and to see', async () => {
  const glossary = [{ term: 'Casa Milà', translations: { ja: 'カサ・ミラ' } }, { term: 'Gaudí' }];
  const { id, code } = await box.createTour({ ...OLD_TOWN, glossary, retention: { transcriptDays: 0 } });
  const changes = { notes: 'Meeting point: the fountain.', retention: { transcriptDays: 90 } };
  expect(await box.guide(`/api/tours/${id}`, 'PATCH', changes)).toMatchObject({ glossary, ...changes });
  const transcripts = await asGuide(`/api/tours/${id}/transcripts`, 'GET');
  expect(await transcripts.json()).toEqual({ transcripts: [], keepDays: 90 });
  const visitors = await (await box.call(`/api/tours/by-code/${code}`)).text();
  expect(visitors).not.toMatch(/notes|fountain|glossary|retention/);
  const plain = await box.guide(`/api/tours/${id}`, 'PATCH', { notes: '', glossary: [], retention: {} });
  expect(plain).toMatchObject({ notes: '', glossary: [], retention: {} });
});

test('of a term that a glossary has twice, however it is typed, the last one is kept', async () => {
  const { id } = await box.createTour({
    ...OLD_TOWN,
    glossary: [
      { term: 'Casa Milà', translations: { ja: 'カサ' } },
      { term: 'Gaudí' },
      { term: ' casa  Mila\u0300', translations: { ja: 'カサ・ミラ' } },
    ],
  });
  const kept = [{ term: 'casa  Mila\u0300', translations: { ja: 'カサ・ミラ' } }, { term: 'Gaudí' }];
  expect((await box.guide(`/api/tours/${id}`)).glossary).toEqual(kept);
  const changes = {
    glossary: [{ term: 'Sagrada Fam\u200Bília' }, { term: 'ＳＡＧＲＡＤＡ FAMÍLIA' }, { term: 'Park' }],
  };
  const { glossary } = await box.guide(`/api/tours/${id}`, 'PATCH', changes);
  expect(glossary).toEqual([{ term: 'ＳＡＧＲＡＤＡ FAMÍLIA' }, { term: 'Park' }]);
});

test.each([
  { glossary: [{ term: '' }] },
  { glossary: [{ term: 'x', translations: { __proto__x: 'y' } }] },
  { glossary: Array.from({ length: 201 }, () => ({ term: 'x' })) },
  { notes: 'x'.repeat(4_001) },
  { retention: { transcriptDays: -1 } },
  { retention: { transcriptDays: 1.5 } },
])('and within limits: %j', async (changes) => {
  const { id } = await box.createTour();
  const response = await asGuide(`/api/tours/${id}`, 'PATCH', changes);
  expect(await problemOf(response)).toEqual({ status: 400, code: 'bad_request' });
});

test('a tour starts, pauses, resumes and ends, and nothing out of order', async () => {
  const { id } = await box.createTour();
  const step = (name: string): Promise<Response> => asGuide(`/api/tours/${id}/${name}`, 'POST');
  const refused = { status: 409, code: 'tour_state' };
  expect(await problemOf(await step('pause'))).toEqual(refused);
  expect(await problemOf(await step('resume'))).toEqual(refused);
  expect(await (await step('start')).json()).toMatchObject({
    state: 'live',
    startedAt: expect.stringMatching(/Z$/),
  });
  expect(await problemOf(await step('start'))).toEqual(refused);
  expect(await problemOf(await step('resume'))).toEqual(refused);
  expect(await (await step('pause')).json()).toMatchObject({ state: 'paused' });
  expect(await (await step('resume')).json()).toMatchObject({ state: 'live' });
  expect(await (await step('end')).json()).toMatchObject({
    state: 'ended',
    endedAt: expect.stringMatching(/Z$/),
  });
  for (const name of ['start', 'pause', 'resume', 'end'])
    expect(await problemOf(await step(name)), name).toEqual(refused);
});

test('a tour can be renamed, muted and given other languages while it is live', async () => {
  const { id } = await box.createTour();
  await box.guide(`/api/tours/${id}/start`, 'POST');
  const patched = await box.guide(`/api/tours/${id}`, 'PATCH', {
    name: 'Harbour',
    muted: true,
    languages: ['fr', 'de'],
  });
  expect(patched).toMatchObject({ name: 'Harbour', muted: true, languages: ['fr', 'de'] });
  expect(patched.channels.map(({ language }) => language).toSorted()).toEqual(['de', 'en', 'fr']);
  expect(
    patched.channels.map(({ language }) => language),
    'in the order of the languages',
  ).toEqual(['en', 'fr', 'de']);
  const spoken = await asGuide(`/api/tours/${id}`, 'PATCH', { floorLanguage: 'it' });
  expect(await problemOf(spoken)).toEqual({ status: 409, code: 'tour_state' });
  const unknown = await asGuide(`/api/tours/${id}`, 'PATCH', { microphone: 'file:/etc/passwd' });
  expect(await problemOf(unknown)).toEqual({ status: 400, code: 'microphone_unknown' });
});

test('channels are listed in the order of the languages, also after the order has changed', async () => {
  const { id } = await box.createTour();
  const { channels } = await box.guide(`/api/tours/${id}`, 'PATCH', { languages: ['de', 'fr', 'es'] });
  expect(channels.map(({ language }) => language)).toEqual(['en', 'de', 'fr', 'es']);
});

test('before the start the guide may speak another language', async () => {
  const { id } = await box.createTour();
  const patched = await box.guide(`/api/tours/${id}`, 'PATCH', { floorLanguage: 'es' });
  expect(patched).toMatchObject({ floorLanguage: 'es', languages: ['fr'] });
  expect(patched.channels.map(({ language }) => language)).toEqual(['es', 'fr']);
});

test('a deleted tour is gone, also while it was live', async () => {
  const { id, code } = await box.createTour();
  await box.guide(`/api/tours/${id}/start`, 'POST');
  expect((await asGuide(`/api/tours/${id}`, 'DELETE')).status).toBe(204);
  const gone = { status: 404, code: 'tour_not_found' };
  expect(await problemOf(await asGuide(`/api/tours/${id}`, 'GET'))).toEqual(gone);
  expect(await problemOf(await asGuide(`/api/tours/${id}`, 'DELETE'))).toEqual(gone);
  expect(await problemOf(await box.call(`/api/tours/by-code/${code}`))).toEqual({
    status: 404,
    code: 'code_unknown',
  });
});

test('the guide is told what this box can do', async () => {
  const answer = await (await asGuide('/api/box', 'GET')).json();
  expect(answer).toMatchObject({ interpreter: 'none', pairs: [], microphone: 'none' });
  const { microphones } = answer as { microphones: { id: string; kind: string }[] };
  expect(microphones.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['none', 'phone', 'file']));
});

test('a visitor joins with the code as they typed it, and hears the guide by either name', async () => {
  const { id, code } = await box.createTour();
  const typed = `${code.slice(0, 3).toLowerCase()} - ${code.slice(3)}`;
  const joined = await box.join(typed, 'es');
  expect(joined).toMatchObject({
    whep: `/whep/${id}`,
    events: `/api/tours/${id}/events?token=${joined.token}`,
    tour: { id, name: 'Old town' },
  });
  await box.join(code, 'floor');
  await box.join(code, 'en');
});

test('who cannot join is told why', async () => {
  const { id, code } = await box.createTour();
  const join = (body: unknown): Promise<Response> => box.call('/api/join', { method: 'POST', body });
  expect(await problemOf(await join({ code: 'WRONG2', language: 'es' }))).toEqual({
    status: 404,
    code: 'code_unknown',
  });
  expect(await problemOf(await join({ code, language: 'de' }))).toEqual({
    status: 400,
    code: 'language_not_offered',
  });
  expect(await problemOf(await join({ code }))).toEqual({ status: 400, code: 'bad_request' });
  expect(await problemOf(await join({ code, language: 'es', name: 'x'.repeat(61) }))).toMatchObject({
    status: 400,
  });
  await box.guide(`/api/tours/${id}/end`, 'POST');
  expect(await problemOf(await join({ code, language: 'es' }))).toEqual({ status: 410, code: 'tour_over' });
});

test('trying out codes is stopped, also for those who know one', async () => {
  const own = await TestBox.start();
  try {
    const { code } = await own.createTour();
    for (let guess = 0; guess < 60; guess++) await own.call('/api/tours/by-code/WRONG2');
    const stopped = await own.call('/api/join', { method: 'POST', body: { code, language: 'es' } });
    expect(await problemOf(stopped)).toEqual({ status: 429, code: 'too_many_attempts' });
  } finally {
    await own.stop();
  }
});

test('a copy has all that was prepared, a code of its own, and nothing of what happened', async () => {
  const prepared = {
    glossary: [{ term: 'Gaudí' }],
    notes: 'Meeting point: the fountain.',
    retention: { transcriptDays: 90 },
    entryCode: 'PLAZA7',
  };
  const tour = await box.createTour({ ...OLD_TOWN, name: 'Gràcia', ...prepared });
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await box.guide(`/api/tours/${tour.id}/end`, 'POST');
  const response = await asGuide(`/api/tours/${tour.id}/copy`, 'POST');
  expect(response.status).toBe(201);
  const copy = (await response.json()) as Record<string, unknown>;
  expect(response.headers.get('location')).toBe(`/api/tours/${String(copy.id)}`);
  expect(copy).toMatchObject({
    name: 'Gràcia (2)',
    state: 'ready',
    floorLanguage: 'en',
    languages: ['es', 'fr'],
    attendees: [],
    ...prepared,
  });
  expect(copy).not.toHaveProperty('startedAt');
  expect([tour.id, tour.code]).not.toContain(copy.id);
  expect(copy.code).not.toBe(tour.code);
  expect(await (await asGuide(`/api/tours/${String(copy.id)}/copy`, 'POST')).json()).toMatchObject({
    name: 'Gràcia (3)',
  });
  expect(await problemOf(await asGuide('/api/tours/nothing/copy', 'POST'))).toMatchObject({ status: 404 });
});
