import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { guideEvent } from '../../appliance/protocol/guide-events.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { KEY_WRONG } from '../realtime-server/refusal.ts';
import { type Event, TestBox } from './test-box.ts';

const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);
const undos: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const undo of undos.splice(0).toReversed()) await undo();
});

/** The stand-in for the service; always at the same port, once it is there. */
async function serve(port = 0): Promise<RealtimeServer> {
  const server = new RealtimeServer({ lagMs: 10, paceMs: 2, updateMs: 5, port });
  await server.start();
  undos.push(() => server.stop());
  return server;
}

async function boxWith(server: { url: string }): Promise<TestBox> {
  const box = await TestBox.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_INTERPRETER: 'auto',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  undos.push(() => box.stop());
  return box;
}

const channel =
  (language: string, state: string, by: string) =>
  (event: Event): boolean =>
    event.type === 'channel' && event.language === language && event.state === state && event.by === by;

const caption =
  (language: string, words: RegExp) =>
  (event: Event): boolean =>
    event.type === 'caption' && event.language === language && words.test(String(event.text));

const written =
  (by: string) =>
  (event: Event): boolean =>
    event.type === 'channel' && event.language === 'en' && event.writtenBy === by;

const interpreterOf = async (box: TestBox): Promise<unknown> => {
  const health = (await (await box.call('/healthz')).json()) as { parts: { interpreter: unknown } };
  return health.parts.interpreter;
};

test(
  'with a key and without the Internet the box interprets by itself, and the service takes over when it answers',
  { timeout: 90_000 },
  async () => {
    const away = await serve();
    const { port, url } = away;
    await away.stop();
    const box = await boxWith({ url });
    const tour = await box.createTour({
      name: 'Old town',
      floorLanguage: 'en',
      languages: ['es', 'fr', 'eo'],
    });
    expect(tour.channels.map(({ by }) => by)).toEqual(['guide', 'model', 'model', 'guide']);
    const desk = box.guidePage(tour.id);
    const [spanish, french] = await Promise.all(
      ['es', 'fr'].map(async (language) => box.attendeePage(await box.join(tour.code, language))),
    );
    await Promise.all([spanish!.snapshot(), french!.snapshot()]);
    const began = performance.now();
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');

    expect(await desk.event(channel('es', 'live', 'box'))).toMatchObject({
      rough: true,
      problem: { code: 'interpreter_unreachable' },
    });
    expect(performance.now() - began, 'within the time that a guide waits').toBeLessThan(15_000);
    await desk.event(channel('fr', 'reconnecting', 'guide'));
    await spanish!.event(caption('es', /egoísta|mujer|hombre|amable/));
    expect(await interpreterOf(box)).toMatchObject({ degraded: true, detail: 'interpreter_unreachable' });

    const from = desk.events.length;
    const server = await serve(port);
    expect(await desk.event(channel('es', 'live', 'model'), from)).not.toHaveProperty('problem');
    await desk.event(channel('fr', 'live', 'model'), from);
    await spanish!.event(caption('es', /frase número/), 0);
    expect(await interpreterOf(box)).toEqual({ ok: true, detail: 'openai' });
    expect(server.sessionsFor('es').some(({ receivedSamples }) => receivedSamples > 0)).toBe(true);
    // Each in its turn: once the service speaks, the box's own programs have said their last.
    const lines = spanish!.events.filter(({ type, language }) => type === 'caption' && language === 'es');
    const first = lines.findIndex(({ text }) => /frase número/.test(String(text)));
    for (const { text } of lines.slice(first)) expect(String(text)).toMatch(/^(Buenos|Esta)/);
    for (const event of desk.events) expect(guideEvent.safeParse(event).success, event.type).toBe(true);
  },
);

test(
  'a language beyond the translation session is interpreted by a conversation, with the glossary',
  { timeout: 60_000 },
  async () => {
    const server = await serve();
    const box = await boxWith(server);
    const tour = await box.createTour({
      name: 'Old town',
      floorLanguage: 'en',
      languages: ['ar', 'es'],
      glossary: [{ term: 'Norland', translations: { ar: 'نورلاند' } }],
    });
    expect(tour.channels.map(({ by }) => by)).toEqual(['guide', 'model', 'model']);
    const desk = box.guidePage(tour.id);
    const page = box.attendeePage(await box.join(tour.code, 'ar'));
    await page.snapshot();
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await page.event(caption('ar', /الجملة/));
    await desk.event(channel('ar', 'live', 'model'));
    const [session] = server.sessionsFor('ar');
    expect(session?.updates[0]).toMatchObject({
      instructions: expect.stringContaining('"Norland": "نورلاند"'),
    });
    expect(server.sessions).toHaveLength(1);
    const spend = await desk.event(({ changes }) => {
      const { spend: now } = (changes ?? {}) as { spend?: { usd: number } };
      return (now?.usd ?? 0) > 0;
    });
    expect(spend).toMatchObject({ changes: { spend: { perLanguage: [{ language: 'ar' }, { usd: 0 }] } } });
  },
);

test(
  'who hears the guide because nobody interprets their language reads the guide too',
  { timeout: 60_000 },
  async () => {
    const server = await serve();
    const box = await boxWith(server);
    const tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es', 'eo'] });
    const page = box.attendeePage(await box.join(tour.code, 'eo'));
    const other = box.attendeePage(await box.join(tour.code, 'es'));
    await Promise.all([page.snapshot(), other.snapshot()]);
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await page.event(channel('eo', 'floor', 'guide'));
    await page.event(caption('en', /The guide says/));
    await other.event(caption('es', /frase/));
    expect(other.events.filter(caption('en', /./)), 'who has an interpreter does not').toEqual([]);
    const late = box.attendeePage(await box.join(tour.code, 'eo'));
    expect((await late.snapshot()).captions).toContainEqual(expect.objectContaining({ language: 'en' }));
  },
);

test(
  'a key that is taken back in mid-tour leaves the writing of the guide’s words to the box, until it is good again',
  { timeout: 60_000 },
  async () => {
    const server = await serve();
    const box = await boxWith(server);
    const tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es'] });
    expect(tour.channels[0]).toMatchObject({ language: 'en', writtenBy: 'model' });
    const desk = box.guidePage(tour.id);
    const reader = box.attendeePage(await box.join(tour.code, 'en'));
    await reader.snapshot();
    await box.guide(`/api/tours/${tour.id}/start`, 'POST');
    await reader.event(caption('en', /The guide says/));

    server.refuseWith(KEY_WRONG);
    server.dropNow();
    expect(await desk.event(written('box'))).toMatchObject({ problem: { code: 'interpreter_key_refused' } });
    await reader.event(written('box'));
    await reader.event(caption('en', /selfish|woman|amiable|man/));

    const from = reader.events.length;
    server.refuseWith(undefined);
    await reader.event(written('model'), from);
    await reader.event(caption('en', /The guide says/), from);
    for (const event of desk.events) expect(guideEvent.safeParse(event).success, event.type).toBe(true);
  },
);

test(
  'where nobody understands the guide’s language the pages are told that nobody writes',
  { timeout: 60_000 },
  async () => {
    const box = await TestBox.start({ UBIZO_INTERPRETER: 'offline' });
    undos.push(() => box.stop());
    const tour = await box.createTour({ name: 'Altstadt', floorLanguage: 'de', languages: ['es'] });
    expect(tour.channels[0]).toMatchObject({ language: 'de', writtenBy: 'nobody' });
    const page = await box.attendeePage(await box.join(tour.code, 'de')).snapshot();
    expect(page).toMatchObject({
      tour: { channels: expect.arrayContaining([expect.objectContaining({ writtenBy: 'nobody' })]) },
    });
  },
);
