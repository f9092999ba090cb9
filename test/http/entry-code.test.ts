import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { OLD_TOWN, problemOf, TestBox } from './test-box.ts';

let box: TestBox;

beforeAll(async () => {
  box = await TestBox.start();
});

afterAll(() => box.stop());

const guarded = (entryCode: string): Promise<TourDeskView> => box.createTour({ ...OLD_TOWN, entryCode });

const join = ({ code }: TourDeskView, entryCode?: string): Promise<Response> =>
  box.call('/api/join', {
    method: 'POST',
    body: { code, language: 'es', ...(entryCode !== undefined && { entryCode }) },
  });

test('a tour with an entry code lets in who knows it, however it is typed', async () => {
  const tour = await guarded('Plaza７');
  expect(tour.entryCode).toBe('PLAZA7');
  for (const typed of ['PLAZA7', ' plaza-7', 'plaza ７', 'PLA ZA7', 'pla\u2013za\u200B7'])
    expect((await join(tour, typed)).status).toBe(201);
  expect(await problemOf(await join(tour))).toEqual({ status: 401, code: 'entry_code_needed' });
  expect(await problemOf(await join(tour, ' '))).toEqual({ status: 401, code: 'entry_code_needed' });
  expect(await problemOf(await join(tour, 'plaza8'))).toEqual({ status: 401, code: 'wrong_entry_code' });
  const open = await box.createTour();
  expect((await join(open, 'whatever')).status, 'a code that nobody asked for').toBe(201);
});

test('the entry code can be set, changed and removed while people come, and only the guide sees it', async () => {
  const tour = await box.createTour();
  const desk = box.guidePage(tour.id);
  await desk.snapshot();
  expect((await join(tour)).status).toBe(201);
  const patch = (entryCode: string): Promise<TourDeskView> =>
    box.guide(`/api/tours/${tour.id}`, 'PATCH', { entryCode });
  expect((await patch('first1')).entryCode).toBe('FIRST1');
  await desk.event(({ changes }) => (changes as { entryCode?: string })?.entryCode === 'FIRST1');
  expect((await join(tour, 'first1')).status).toBe(201);
  await box.restart();
  expect(await problemOf(await join(tour))).toMatchObject({ code: 'entry_code_needed' });
  expect(await (await box.call(`/api/tours/by-code/${tour.code}`)).text()).not.toContain('FIRST1');
  expect(await (await box.call('/api/live')).text()).not.toContain('FIRST1');
  const again = box.guidePage(tour.id);
  await again.snapshot();
  expect(await patch('')).not.toHaveProperty('entryCode');
  await again.event(({ changes }) => (changes as { entryCode?: string })?.entryCode === '');
  expect((await join(tour)).status).toBe(201);
});

test('the guide may write one with spaces and dashes, and long in the writing', async () => {
  const tour = await guarded('PLA ZA\u20117');
  expect(tour.entryCode).toBe('PLAZA7');
  expect((await join(tour, 'plaza7')).status).toBe(201);
  expect((await join(tour, 'p\u200Bl\u200Ba\u200Bz\u200Ba\u200B7'.padEnd(70, ' '))).status).toBe(201);
  expect((await guarded('a - b - c - d - e - f')).entryCode).toBe('ABCDEF');
});

test.each(['', ' ', '\u200B', ' - '])(
  'an entry code of nothing (“%s”) is none, and takes one away',
  async (entryCode) => {
    expect(await guarded(entryCode)).not.toHaveProperty('entryCode');
    const tour = await guarded('PLAZA7');
    const patched = await box.guide(`/api/tours/${tour.id}`, 'PATCH', { entryCode });
    expect(patched).not.toHaveProperty('entryCode');
    expect((await join(patched)).status).toBe(201);
  },
);

test.each(['abc', 'a b c', 'a'.repeat(13), 'under_score', '🔑🔑🔑🔑'])(
  'an entry code that could not be read aloud is refused: %s',
  async (entryCode) => {
    const response = await box.call('/api/tours', {
      method: 'POST',
      cookie: box.cookie,
      body: { ...OLD_TOWN, entryCode },
    });
    expect(await problemOf(response)).toEqual({ status: 400, code: 'bad_request' });
  },
);

test('guessing an entry code is stopped, also for who guesses right at last; other tours go on', async () => {
  const own = await TestBox.start();
  try {
    const tour = await own.createTour({ ...OLD_TOWN, entryCode: '4711' });
    const other = await own.createTour({ ...OLD_TOWN, entryCode: '0815' });
    const guess = (code: string, entryCode: string): Promise<Response> =>
      own.call('/api/join', { method: 'POST', body: { code, language: 'es', entryCode } });
    for (let wrong = 0; wrong < 120; wrong++)
      expect(await problemOf(await guess(tour.code, String(1000 + wrong)))).toMatchObject({
        code: 'wrong_entry_code',
      });
    const stopped = await guess(tour.code, '4711');
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(500);
    expect(await problemOf(stopped)).toEqual({ status: 429, code: 'too_many_attempts' });
    expect((await guess(other.code, '0815')).status).toBe(201);
  } finally {
    await own.stop();
  }
});
