import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser } from '../browser.ts';
import { Visitor } from './visitor.ts';

describe('a visitor who arrives', () => {
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('and never taps sees the tour begin and end, and is no listener', async () => {
    const tour = await box.createTour({ name: 'Watched', floorLanguage: 'en', languages: ['es'] });
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    const { page } = visitor;
    await page.getByText('has not started yet').waitFor();
    expect(await page.title()).toBe('Watched · Ubizo');
    await box.step(tour.id, 'start');
    await page.getByText('Live now').waitFor({ timeout: 2_000 });
    expect((await box.tour(tour.id)).attendees).toEqual([]);
    const ended = await box.step(tour.id, 'end');
    expect(ended.summary?.mostListeners).toBe(0);
    await page.getByText('The tour has ended').waitFor({ timeout: 2_000 });
    expect(await page.getByText('Live now').count()).toBe(0);
    await visitor.close();
  });

  it('is let in once: a reload asks for no entry code, and at the end they say how it was', async () => {
    const tour = await box.createTour({
      name: 'Guarded',
      floorLanguage: 'en',
      languages: ['es'],
      entryCode: 'PLAZA7',
    });
    await box.step(tour.id, 'start');
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    const { page } = visitor;
    await page.getByLabel('Entry code').fill('plaza7');
    await visitor.listen('English');
    await visitor.hears({ seconds: 1 });
    // The page has told, once, how long it took.
    const metrics = async (): Promise<string> => (await fetch(`${box.url}/metrics`)).text();
    await expect.poll(metrics, { timeout: 10_000 }).toContain('ubizo_first_sound_seconds_count 1');
    // What the page itself remembers is not what lets it in.
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await visitor.listen('English');
    await visitor.hears({ seconds: 1 });
    expect(await page.getByLabel('Entry code').count()).toBe(0);
    await box.step(tour.id, 'end');
    await page.getByRole('radio', { name: '4 of 5 stars' }).check({ force: true });
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Your guide sees the number').waitFor();
    expect((await box.tour(tour.id)).summary?.ratings).toEqual([0, 0, 0, 1, 0]);
    await visitor.close();
  });
});
