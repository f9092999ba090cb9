import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { soundCheckView, type SoundCheckView } from '../../appliance/protocol/sound-check.ts';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { rmsDb } from '../microphone/waveform.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import type { Problem } from '../../appliance/protocol/errors.ts';
import { TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const SPEECH = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb-0870.wav';

function boxWith(environment: Record<string, string>): Promise<TestBox> {
  return TestBox.start({ UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`, ...environment });
}

async function problemOf(response: Response): Promise<Problem> {
  return ((await response.json()) as { error: Problem }).error;
}

const path = (tour: string): string => `/api/tours/${tour}/sound-check`;

function send(
  box: TestBox,
  tour: string,
  clip?: Uint8Array<ArrayBuffer>,
  type = 'audio/wav',
): Promise<Response> {
  const headers = { cookie: box.cookie, ...(clip && { 'content-type': type }) };
  return fetch(box.url + path(tour), { method: 'POST', headers, ...(clip && { body: new Blob([clip]) }) });
}

async function lookAt(box: TestBox, tour: string): Promise<SoundCheckView> {
  return soundCheckView.parse(await (await box.call(path(tour), { cookie: box.cookie })).json());
}

/** As the desk does. */
async function finished(box: TestBox, tour: string): Promise<SoundCheckView> {
  for (;;) {
    const view = await lookAt(box, tour);
    if (view.state === 'done') return view;
    await setTimeout(200);
  }
}

async function heardIn(box: TestBox, tour: string, language: string): Promise<Int16Array> {
  const response = await box.call(`${path(tour)}/${language}`, { cookie: box.cookie });
  expect(response.headers.get('content-type')).toBe('audio/wav');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.toString('latin1', 8, 12)).toBe('WAVE');
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44));
}

let server: RealtimeServer;
let box: TestBox;
let alone: TestBox;

beforeAll(async () => {
  server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5 });
  await server.start();
  const away = new RealtimeServer();
  await away.start();
  const { url } = away;
  await away.stop();
  alone = await boxWith({
    UBIZO_INTERPRETER: 'auto',
    UBIZO_OPENAI_URL: url,
    OPENAI_API_KEY: 'sk-test',
  });
  box = await boxWith({
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
});

afterAll(async () => {
  await Promise.all([box.stop(), alone.stop()]);
  await server.stop();
});

test.concurrent(
  'what is said is heard in every language, one after the other, with the time of each stage',
  { timeout: 90_000 },
  async () => {
    const { id } = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es', 'fr'] });
    const begun = await send(box, id);
    expect(begun.status).toBe(202);
    expect(soundCheckView.parse(await begun.json())).toMatchObject({
      state: 'listening',
      source: 'microphone',
    });
    const view = await finished(box, id);
    expect(view.problem).toBeUndefined();
    expect(view.level!.peakDb).toBeGreaterThan(-40);
    for (const { language, stages, ...checked } of view.languages) {
      expect(checked, language).toMatchObject({ state: 'done', by: 'model', verdict: 'well' });
      expect(checked.text.length, language).toBeGreaterThan(5);
      const { captured, sent, firstText, firstSound, encoded, onItsWay } = stages;
      expect([captured, sent, firstSound, encoded, onItsWay], language).toEqual(
        [captured, sent, firstSound, encoded, onItsWay].toSorted((a, b) => a! - b!),
      );
      expect(captured).toBeGreaterThanOrEqual(20);
      expect(firstText).toBeGreaterThanOrEqual(sent!);
      expect(rmsDb(await heardIn(box, id, language))).toBeGreaterThan(-45);
    }
    expect(view.languages.map(({ language }) => language)).toEqual(['es', 'fr']);
    // Never two at once: what they cost does not add up. And it is counted.
    expect(server.sessionsFor('es')).toHaveLength(1);
    expect(server.sessionsFor('fr')).toHaveLength(1);
    expect((await box.guide(`/api/tours/${id}`)).spend?.usd).toBeGreaterThan(0);

    expect((await box.call(path(id), { method: 'DELETE', cookie: box.cookie })).status).toBe(204);
    const gone = await box.call(path(id), { cookie: box.cookie });
    expect(await problemOf(gone)).toMatchObject({ code: 'sound_check_missing' });
    expect((await box.call(`${path(id)}/es`, { cookie: box.cookie })).status).toBe(404);
  },
);

test.concurrent(
  'without the Internet a clip is heard in what the box can do, and the rest is said',
  { timeout: 90_000 },
  async () => {
    const { id } = await alone.createTour({
      name: 'Old town',
      floorLanguage: 'en',
      languages: ['es', 'ja', 'eo'],
    });
    await send(alone, id, new Uint8Array(await readFile(SPEECH)));
    const { source, languages } = await finished(alone, id);
    expect(source).toBe('clip');
    const problem = { code: 'interpreter_unreachable' };
    expect(languages[0]).toMatchObject({ language: 'es', by: 'box', state: 'done', problem });
    expect(languages[0]?.stages.onItsWay).toBeGreaterThan(languages[0]!.stages.sent!);
    expect(rmsDb(await heardIn(alone, id, 'es'))).toBeGreaterThan(-45);
    expect(languages[1]).toMatchObject({
      language: 'ja',
      by: 'guide',
      verdict: 'untranslated',
      problem,
      soundMs: 0,
    });
    expect(languages[2]).toMatchObject({
      language: 'eo',
      verdict: 'untranslated',
      problem: { code: 'interpreter_language_unsupported' },
    });
  },
);

test('a tour that begins ends its sound check, and nothing of it is kept', { timeout: 60_000 }, async () => {
  const { id } = await box.createTour({
    name: 'Port',
    floorLanguage: 'en',
    languages: ['de', 'it', 'pt'],
  });
  await send(box, id, new Uint8Array(await readFile(REHEARSAL)));
  while ((await lookAt(box, id)).languages[0]?.state === 'waiting') await setTimeout(50);
  await box.guide(`/api/tours/${id}/start`, 'POST');
  expect((await box.call(path(id), { cookie: box.cookie })).status).toBe(404);
  const refused = await send(box, id);
  expect(refused.status).toBe(409);
  expect(await problemOf(refused)).toMatchObject({
    code: 'tour_state',
    message: expect.stringMatching(/before the tour/) as string,
  });
  expect(server.sessionsFor('pt')).toEqual([]);
  await box.guide(`/api/tours/${id}/end`, 'POST');
  expect(await problemOf(await send(box, id))).toMatchObject({ code: 'tour_over' });
});

test('what cannot be read is said, and nothing is tried', async () => {
  const { id } = await box.createTour();
  const tell = async (clip: Uint8Array<ArrayBuffer>, type?: string): Promise<unknown> => {
    const response = await send(box, id, clip, type);
    return { ...(await problemOf(response)), status: response.status };
  };
  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...new Uint8Array(5_000)]);
  expect(await tell(png, 'audio/mpeg')).toMatchObject({
    status: 422,
    code: 'clip_unreadable',
    message: expect.stringMatching(/cannot read\. Send WAV, MP3, Ogg or FLAC/) as string,
  });
  const silence = wavBytes({ rate: 24_000, encoding: 's16', channels: [new Float64Array(48_000)] });
  expect(await tell(new Uint8Array(silence))).toMatchObject({
    code: 'clip_unreadable',
    message: expect.stringMatching(/Nobody speaks/) as string,
  });
  expect(await tell(new Uint8Array(11 * 1024 * 1024))).toMatchObject({
    status: 413,
    code: 'body_too_large',
  });
  expect(await tell(png, 'image/png')).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  expect((await box.call(path(id), { cookie: box.cookie })).status).toBe(404);
});

test('three tours at once have theirs, a fourth waits, and one that is given up makes room at once', async () => {
  const tours = await Promise.all(
    ['A', 'B', 'C', 'D'].map((name) => box.createTour({ name, floorLanguage: 'en', languages: ['es'] })),
  );
  const [first, second, third, fourth] = tours.map(({ id }) => id) as [string, string, string, string];
  for (const id of [first, second, third]) expect((await send(box, id)).status).toBe(202);
  const busy = await send(box, fourth);
  expect(busy.status).toBe(503);
  expect(await problemOf(busy)).toMatchObject({ code: 'sound_checks_busy' });
  await box.call(path(second), { method: 'DELETE', cookie: box.cookie });
  expect((await send(box, fourth)).status).toBe(202);
  // One's own takes the place of the one before.
  expect((await send(box, fourth)).status).toBe(202);
  for (const id of [first, third, fourth]) await box.call(path(id), { method: 'DELETE', cookie: box.cookie });
});
