import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser } from '../browser.ts';
import { Box, REHEARSAL } from './box.ts';
import { mute, openDesk } from './guide-desk.ts';
import { Visitor } from './visitor.ts';

describe('a question without the internet', () => {
  let box: Box;
  let tour: TourDeskView;
  let browser: Browser;
  let desk: Page;
  let spanish: Visitor;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'offline', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    tour = await box.createTour({ name: 'Norland Park', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    browser = await launchBrowser();
    desk = await openDesk(browser, box, tour.id);
    await mute(desk);
    spanish = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await spanish.listen('Español');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('is written in Spanish, read in English, read out, and replied to in Spanish', async () => {
    const { page } = spanish;
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByLabel('Your question, in your own language').fill('¿Dónde está la casa blanca?');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const question = desk.locator('[data-question]').first();
    await question.getByText(/Where .*the white house/).waitFor();

    await question.getByRole('button', { name: 'Answer', exact: true }).click();
    const own = page.getByRole('article', { name: 'Your question' });
    await own.getByText('It is being answered').waitFor();
    await spanish.hears({ seconds: 1, above: 0.02 });
    const asked = page.getByLabel('Captions').getByText('¿Dónde está la casa blanca?');
    await asked.waitFor({ state: 'attached' });
    await question.getByRole('button', { name: 'Reply', exact: true }).click();
    await desk.locator('ubizo-question-sheets textarea').fill('The house is near the river.');
    await desk.locator('ubizo-question-sheets').getByRole('button', { name: /^Send/ }).click();
    await page
      .getByText(/casa .*río/)
      .first()
      .waitFor();
    expect(await question.getByText('¿Dónde').count()).toBe(0);
  });

  it('goes with a message that is pinned in Spanish, also for who comes later', async () => {
    await desk.getByLabel('Message to all visitors').fill('The bus leaves at 15:40.');
    await desk.getByLabel('Keep it on top of their pages').check();
    await desk.locator('ubizo-chat-panel').getByRole('button', { name: 'Send', exact: true }).click();
    const pinned = /autobús.* 15:40/;
    await spanish.page.getByText(pinned).first().waitFor({ state: 'attached' });
    const late = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await late.read('Español');
    await late.page.getByText(pinned).first().waitFor();
  });
});
