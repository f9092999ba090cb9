import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser } from '../browser.ts';
import { StallingProxy } from '../stalling-proxy.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';
import { Visitor } from './visitor.ts';

describe('a desk that is out of reach of the box', () => {
  let box: Box;
  let proxy: StallingProxy;
  let browser: Browser;
  let tour: TourDeskView;
  let desk: Page;
  let visitor: Visitor;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    proxy = await StallingProxy.start({ target: box.appliance.port });
    browser = await launchBrowser();
    tour = await box.createTour({ name: 'Out of reach', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await visitor.listen('English');
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 780 } });
    await context.request.post(`${proxy.url}/api/sign-in`, { data: { setupCode: SETUP_CODE } });
    desk = await context.newPage();
    await desk.goto(`${proxy.url}/guide#${tour.id}`);
  });

  afterAll(async () => {
    await browser.close();
    proxy.stop();
    await box.stop();
  });

  const state = (): Promise<string> => desk.getByTestId('tour-state').innerText();
  const card = (): Promise<string> => desk.getByLabel('State of the tour').innerText();

  /** What visitors are told of a guide who is muted. */
  const off = (): Locator => visitor.page.getByText('has switched the microphone off');

  it('never says that the guide is muted before the box was told, and says at once that there is no contact', async () => {
    await expect.poll(card, { timeout: 20_000 }).toContain('Visitors listening: 1');
    proxy.stall(true);
    const stalled = performance.now();
    await desk.getByRole('button', { name: 'Mute', exact: true }).click();
    await desk.getByRole('button', { name: 'Muting…' }).waitFor();
    const alarm = 'No contact with the box. Visitors may still hear you.';
    await desk.getByText(alarm).waitFor({ timeout: 8_000 });
    console.log(`alarm ${(performance.now() - stalled).toFixed(0)} ms after the way had stalled`);
    expect(await state()).toBe('No contact');
    expect(
      await desk
        .getByText(/LIVE|listening|You are muted|I hear you/)
        .filter({ visible: true })
        .count(),
    ).toBe(0);
    expect((await box.tour(tour.id)).muted, 'the box was never told').toBe(false);
    // The visitors' truth is what it was: they hear the guide, and nothing says otherwise.
    const before = await visitor.played();
    await visitor.plays(before + 2);
    await visitor.hears({ seconds: 1 });
    expect(await off().count()).toBe(0);
  });

  it('shows what is so as soon as there is contact again, and the guide is muted as they had asked', async () => {
    proxy.stall(false);
    await expect.poll(card, { timeout: 20_000 }).toContain('You are muted: nobody hears you.');
    expect(await state()).toBe('LIVE');
    expect((await box.tour(tour.id)).muted).toBe(true);
    await off().waitFor({ timeout: 5_000 });
    expect(await desk.getByRole('alert').count(), 'nothing is said that is over').toBe(0);
  });

  it('is missed by the box within seconds', async () => {
    // Before the start a microphone is open for as long as a desk is, and for another 10 s.
    await box.step(tour.id, 'end');
    const { id } = await box.createTour({ name: 'Not begun', floorLanguage: 'en', languages: ['es'] });
    const microphone = async (): Promise<string> => (await box.tour(id)).microphone.state;
    await desk.goto(`${proxy.url}/guide#${id}`);
    await expect.poll(microphone, { timeout: 20_000 }).toBe('open');
    proxy.stall(true);
    const stalled = performance.now();
    await expect.poll(microphone, { timeout: 18_000, interval: 50 }).toBe('closed');
    console.log(
      `missed by the box ${(performance.now() - stalled - 10_000).toFixed(0)} ms after the way had stalled`,
    );
  });
});
