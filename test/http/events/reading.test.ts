import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JoinAnswer } from '../../../appliance/protocol/requests.ts';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import { RealtimeServer } from '../../realtime-server/realtime-server.ts';
import { TestBox } from '../test-box.ts';

let server: RealtimeServer;
let box: TestBox;
let tour: TourDeskView;
let joined: JoinAnswer;

beforeEach(async () => {
  server = new RealtimeServer({ lagMs: 10, paceMs: 5 });
  await server.start();
  box = await TestBox.start({
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
    UBIZO_MICROPHONE: 'file:rehearsal',
    UBIZO_LINGER: '1',
  });
  const created = await box.createTour({
    name: 'Old town',
    floorLanguage: 'en',
    languages: ['es'],
    glossary: [{ term: 'Norland <Park>' }],
  });
  tour = await box.guide(`/api/tours/${created.id}/start`, 'POST');
  joined = await box.join(tour.code, 'en');
});

afterEach(async () => {
  await box.stop();
  await server.stop();
});

const counts = async (language: string) => {
  const { channels } = await box.guide(`/api/tours/${tour.id}`);
  const { listeners, readers } = channels.find((channel) => channel.language === language) ?? {};
  return { listeners, readers };
};

test('a reader alone gets the guide’s own words, written down with the tour’s terms, and is counted', async () => {
  const page = box.attendeePage(joined);
  const line = await page.event(({ type }) => type === 'caption');
  expect(line).toMatchObject({ language: 'en' });
  expect(server.sessions).toHaveLength(1);
  expect(server.transcriptions[0]?.updates[0]).toMatchObject({
    audio: { input: { transcription: { languages: ['en'], keywords: ['Norland Park'] } } },
  });
  expect(await counts('en')).toEqual({ listeners: 0, readers: 1 });
  const { spend } = await box.guide(`/api/tours/${tour.id}`);
  expect(spend.perLanguage.find(({ language }) => language === 'en')?.usd).toBeGreaterThan(0);
});

test('a page that stops gets no more captions, and holds no paid session; it comes back with one message', async () => {
  const page = box.attendeePage(joined);
  await page.event(({ type }) => type === 'caption');
  page.send({ type: 'reading', language: null });
  await vi.waitFor(async () => expect(await counts('en')).toEqual({ listeners: 0, readers: 0 }));
  await server.until(() => server.sessions.every(({ open }) => !open));
  const from = page.events.length;
  page.send({ type: 'reading', language: 'es' });
  expect(await page.snapshot(from)).toMatchObject({ language: 'es' });
  await page.event(({ type, language }) => type === 'caption' && language === 'es', from);
  expect(page.events.slice(from).some(({ type, language }) => type === 'caption' && language === 'en')).toBe(
    false,
  );
  expect(await counts('es')).toEqual({ listeners: 0, readers: 1 });
});

test('a page that says so reads nothing from the start', async () => {
  const page = box.attendeePage({ ...joined, events: `${joined.events}&listening=no` });
  expect(await page.snapshot()).toMatchObject({ listening: false });
  expect(await counts('en')).toEqual({ listeners: 0, readers: 0 });
  expect(server.sessions).toEqual([]);
  const from = page.events.length;
  page.send({ type: 'reading', language: 'en' });
  await page.event(({ type }) => type === 'caption', from);
});
