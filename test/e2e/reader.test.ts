import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser } from '../browser.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box, REHEARSAL } from './box.ts';
import { Visitor } from './visitor.ts';

/** From the words to the page, ms. */
const SOON = 4_000;
const undos: (() => Promise<void>)[] = [];
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterEach(async () => {
  for (const undo of undos.splice(0)) await undo();
});

afterAll(() => browser.close());

/** A tour in English alone, live. */
async function tourWith(environment: Record<string, string>): Promise<{ box: Box; tour: TourDeskView }> {
  const box = await Box.start({
    UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    UBIZO_LINGER: '1',
    ...environment,
  });
  undos.push(() => box.stop());
  const tour = await box.createTour({ name: 'Norland Park', floorLanguage: 'en', languages: ['es'] });
  await box.step(tour.id, 'start');
  return { box, tour };
}

async function reader(box: Box, tour: TourDeskView): Promise<Visitor> {
  const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
  undos.unshift(() => visitor.close());
  await visitor.read('English');
  return visitor;
}

/** The same on a box whose service writes the words down. */
async function tourWithService(): Promise<{ server: RealtimeServer; box: Box; tour: TourDeskView }> {
  const server = new RealtimeServer();
  await server.start();
  undos.push(() => server.stop());
  const made = await tourWith({
    UBIZO_INTERPRETER: 'openai',
    UBIZO_OPENAI_URL: server.url,
    OPENAI_API_KEY: 'sk-test',
  });
  return { server, ...made };
}

it('a deaf visitor, alone on the tour, reads the guide’s words soon after they are spoken', async () => {
  const { server, box, tour } = await tourWithService();
  const { page } = await reader(box, tour);
  await server.until(() => (server.transcriptions[0]?.transcribing?.heardAt.length ?? 0) >= 2);
  const spokenAt = server.transcriptions[0]?.transcribing?.heardAt[1] ?? 0;
  await page.getByLabel('Captions').getByText('sentence number 2.').waitFor({ timeout: SOON });
  expect(performance.now() - spokenAt).toBeLessThan(SOON);
  expect(server.sessions).toHaveLength(1);
  const [english] = (await box.tour(tour.id)).channels;
  expect(english).toMatchObject({ language: 'en', listeners: 0, readers: 1 });
  expect(await page.locator('audio').evaluate(({ srcObject }: HTMLAudioElement) => srcObject)).toBeNull();

  await page.getByRole('button', { name: 'Stop' }).click();
  await server.until(() => server.sessions.every(({ open }) => !open));
  expect((await box.tour(tour.id)).channels[0]).toMatchObject({ listeners: 0, readers: 0 });
  await page.getByRole('button', { name: 'Read only' }).click();
  await server.until(() => server.transcriptions.length === 2);
});

it('without the internet the box’s own recogniser writes for a reader', async () => {
  const { box, tour } = await tourWith({ UBIZO_INTERPRETER: 'offline' });
  const { page } = await reader(box, tour);
  await page
    .getByLabel('Captions')
    .getByText(/selfish|woman|family|fortune/)
    .first()
    .waitFor({ timeout: 60_000 });
});

it('a translation that begins and ends meanwhile takes the writing over and gives it back, and the captions go on', async () => {
  const { server, box, tour } = await tourWithService();
  const { page } = await reader(box, tour);
  const lines = page.getByLabel('Captions').locator('.lines p.final');
  await lines.nth(1).waitFor({ timeout: 30_000 });

  const spanish = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
  await spanish.read('Español');
  await server.until(() => server.sessionsFor('es')[0]?.captions === true);
  await server.until(() => server.transcriptions.every(({ open }) => !open));
  const before = await lines.count();
  await lines.nth(before + 1).waitFor({ timeout: 30_000 });
  await spanish.close();
  await server.until(() => server.transcriptions.filter(({ open }) => open).length === 1);
  const after = await lines.count();
  await lines.nth(after + 1).waitFor({ timeout: 30_000 });
});
