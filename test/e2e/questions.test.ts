import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser } from '../browser.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box, REHEARSAL } from './box.ts';
import { mute, openDesk, unmute, wearEarphone } from './guide-desk.ts';
import { hearsTone } from './recorders.ts';
import { Visitor } from './visitor.ts';

/** What is translated, and what is read, each sounds different. */
const TRANSLATED: Record<string, number> = { es: 500, ja: 1_600, en: 700 };
const READ: Record<string, number> = { es: 950, ja: 1_300 };

describe('a question on a box with a model', () => {
  let server: RealtimeServer;
  let box: Box;
  let tour: TourDeskView;
  let browser: Browser;
  /** Speaks whenever its microphone is open. */
  let asker: Browser;
  let desk: Page;
  let japanese: Visitor;
  let spanish: Visitor;

  beforeAll(async () => {
    server = new RealtimeServer({
      tone: (language, reading) => (reading ? READ : TRANSLATED)[language],
    });
    await server.start();
    box = await Box.start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    tour = await box.createTour({ name: 'Norland Park', floorLanguage: 'en', languages: ['es', 'ja'] });
    await box.step(tour.id, 'start');
    [browser, asker] = await Promise.all([launchBrowser(), launchBrowser({ capture: REHEARSAL })]);
    desk = await openDesk(browser, box, tour.id);
    await mute(desk);
    await wearEarphone(desk);
    const url = `${box.url.replace('127.0.0.1', 'localhost')}/j/${tour.code}`;
    japanese = await Visitor.open(asker, url);
    spanish = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await japanese.tap('日本語');
    await spanish.listen('Español');
  }, 60_000);

  afterAll(async () => {
    await Promise.all([browser.close(), asker.close()]);
    await box.stop();
    await server.stop();
  });

  it('is asked by voice in Japanese, read and heard in English, and answered in Spanish', async () => {
    const { page } = japanese;
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('button', { name: 'Hold to talk' }).hover();
    await page.mouse.down();
    await page.getByText('Let go to send').waitFor();
    await server.until(() => server.sessionsFor('en').some((each) => each.receivedSamples > 24_000 * 5));
    await hearsTone(desk, TRANSLATED['en'] ?? 0);
    await page.mouse.up();

    const question = desk.locator('[data-question]').first();
    await question.getByText('Spoken').waitFor();
    const asked = await question.locator('.text').innerText();
    expect(asked).not.toMatch(/[\u3040-\u30ff]/);
    await question.getByRole('button', { name: 'Answer', exact: true }).click();
    await hearsTone(spanish.page, READ['es'] ?? 0);
    const captions = spanish.page.getByLabel('Captions');
    await captions.getByText('Question', { exact: true }).waitFor();

    await unmute(desk);
    await hearsTone(spanish.page, TRANSLATED['es'] ?? 0);
    await captions.getByText('Answer', { exact: true }).waitFor();
    const own = page.getByRole('article', { name: 'Your question' });
    await own.getByText('It is being answered').waitFor();
    await question.getByRole('button', { name: 'Done', exact: true }).click();
    await own.getByText('Answered', { exact: true }).and(own.locator('[aria-current]')).waitFor();
  });

  it('is replied to in writing on one page alone', async () => {
    await desk.locator('ubizo-questions-panel summary').first().click();
    const question = desk.locator('[data-question]').first();
    await question.getByRole('button', { name: 'Reply', exact: true }).click();
    await desk.locator('ubizo-question-sheets textarea').fill('Meet me at the fountain');
    await desk.locator('ubizo-question-sheets').getByRole('button', { name: /^Send/ }).click();
    await japanese.page.getByText(/Meet me at the fountain/).waitFor();
    await spanish.page.getByRole('button', { name: 'Ask', exact: true }).click();
    expect(await spanish.page.getByText(/Meet me at the fountain/).count()).toBe(0);
  });
});
