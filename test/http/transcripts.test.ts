import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JoinAnswer } from '../../appliance/protocol/requests.ts';
import { type TourDeskView, transcriptsView, type TranscriptsView } from '../../appliance/protocol/views.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { problemOf, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

let server: RealtimeServer;
let box: TestBox;
let tour: TourDeskView;
let joined: JoinAnswer;

beforeAll(async () => {
  server = new RealtimeServer();
  await server.start();
  box = await TestBox.start({
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_LINGER: '0',
  });
  tour = await box.createTour({ name: 'Old/town "á" 日本', floorLanguage: 'en', languages: ['es', 'fr'] });
  joined = await box.join(tour.code, 'es');
  await box.guide(`/api/tours/${tour.id}/start`, 'POST');
  await said();
  await box.guide(`/api/tours/${tour.id}/pause`, 'POST');
}, 60_000);

afterAll(async () => {
  await box.stop();
  await server.stop();
});

const path = (rest = ''): string => `/api/tours/${tour.id}/transcripts${rest}`;
const ask = (rest = ''): Promise<Response> => box.call(path(rest), { cookie: box.cookie });
const views = async (): Promise<TranscriptsView> => transcriptsView.parse(await (await ask()).json());

/** Waits until something was said to the end, in both languages. */
async function said(): Promise<void> {
  const page = box.attendeePage(joined);
  const desk = box.guidePage(tour.id);
  const from = (await desk.snapshot()) && desk.events.length;
  for (const language of ['es', 'en'])
    await desk.event(
      (event) => event.type === 'caption' && event.final === true && event.language === language,
      from,
    );
  page.close();
  desk.close();
}

test('what was said is listed by language, the guide’s own first', async () => {
  const { transcripts, keepDays } = await views();
  expect(keepDays).toBe(30);
  expect(transcripts.map(({ language }) => language)).toEqual(['en', 'es']);
  for (const { lines, from, to } of transcripts) {
    expect(lines).toBeGreaterThan(0);
    expect(to).toBeGreaterThan(from);
    expect(Math.abs(Date.now() - to)).toBeLessThan(10 * 60_000);
  }
});

test.each([
  ['', 'text/plain', /^Old\/town "á" 日本 · Español\n\n\S/u],
  ['?format=txt', 'text/plain', /^Old\/town/u],
  ['?format=srt', 'application/x-subrip', /^1\n00:00:\d\d,\d{3} --> 00:0\d:\d\d,\d{3}\n\S/u],
  ['?format=vtt', 'text/vtt', /^WEBVTT Old\/town "á" 日本 · Español\n\n00:00:\d\d\.\d{3} --> /u],
])('%s is a file to keep', async (query, type, beginning) => {
  const response = await ask(`/es${query}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain(type);
  const disposition = response.headers.get('content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename="[^"/\\]+"; filename\*=UTF-8''/);
  expect(decodeURIComponent(disposition)).toMatch(/''Old town á 日本 es\.(txt|srt|vtt)$/u);
  expect(await response.text()).toMatch(beginning);
});

test('a format or a language that is not there is said so', async () => {
  expect(await problemOf(await ask('/es?format=docx'))).toEqual({ status: 400, code: 'bad_request' });
  for (const language of ['fr', '..%2f..%2fstate', '..%5cstate', 'x'.repeat(300)])
    expect((await problemOf(await ask(`/${language}`))).status, language).toBe(404);
  const elsewhere = await box.call('/api/tours/none/transcripts', { cookie: box.cookie });
  expect(await problemOf(elsewhere)).toEqual({ status: 404, code: 'tour_not_found' });
});

test('a language is found in any case, and a name with an umlaut comes whole', async () => {
  await box.guide(`/api/tours/${tour.id}`, 'PATCH', { name: 'Führung Böhmen' });
  const response = await ask('/ES?format=srt');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="Fuhrung Bohmen es.srt"; filename*=UTF-8\'\'F%C3%BChrung%20B%C3%B6hmen%20es.srt',
  );
});

test('a name that was stored with half a character breaks no download', async () => {
  await box.restart({}, async () => {
    for (const file of (await readdir(box.data)).filter((each) => each.startsWith('state.'))) {
      const path = join(box.data, file);
      const state = await readFile(path, 'utf8');
      await writeFile(path, state.replaceAll('Führung Böhmen', String.raw`Altstadt \ud83d`));
    }
  });
  expect((await box.guide(`/api/tours/${tour.id}`)).name).toBe('Altstadt \ud83d');
  for (const format of ['txt', 'srt', 'vtt']) {
    const response = await ask(`/es?format=${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain(`"Altstadt es.${format}"`);
    expect(await response.text()).toContain('\n');
  }
});

test('only a guide may read or erase what was said', async () => {
  for (const [method, rest] of [
    ['GET', ''],
    ['GET', '/es'],
    ['DELETE', ''],
  ] as const) {
    const stranger = await box.call(path(rest), { method });
    expect(await problemOf(stranger)).toEqual({ status: 401, code: 'not_signed_in' });
    expect((await box.call(path(rest), { method, token: joined.token })).status).toBe(401);
  }
  expect((await views()).transcripts).toHaveLength(2);
});

test('after a restart a page shows what was said before, and what is said next comes behind it', async () => {
  const before = await (await ask('/es?format=srt')).text();
  await box.restart();
  expect(await (await ask('/es?format=srt')).text()).toBe(before);
  const page = box.attendeePage(joined);
  const { captions } = (await page.snapshot()) as unknown as { captions: { id: string; at: number }[] };
  expect(captions.length).toBeGreaterThan(0);
  await box.guide(`/api/tours/${tour.id}/resume`, 'POST');
  const next = (await page.event(({ type }) => type === 'caption')) as unknown as { id: string; at: number };
  expect(
    captions.map(({ id }) => id),
    'no line takes another one’s place',
  ).not.toContain(next.id);
  expect(next.at).toBeGreaterThan(Math.max(...captions.map(({ at }) => at)));
  await box.guide(`/api/tours/${tour.id}/pause`, 'POST');
  page.close();
}, 60_000);

test('erased, nothing of it is left, and a deleted tour’s goes with it', async () => {
  const folder = join(box.data, 'transcripts');
  expect(await readdir(folder)).toEqual([tour.id]);
  const response = await box.call(path(), { method: 'DELETE', cookie: box.cookie });
  expect(response.status).toBe(204);
  expect((await views()).transcripts).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  const page = box.attendeePage(joined);
  expect(await page.snapshot()).toMatchObject({ captions: [] });
  page.close();

  await box.guide(`/api/tours/${tour.id}/resume`, 'POST');
  await said();
  expect(await readdir(folder)).toEqual([tour.id]);
  await box.call(`/api/tours/${tour.id}`, { method: 'DELETE', cookie: box.cookie });
  expect(await readdir(folder)).toEqual([]);
}, 60_000);
