import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser, launchMortalBrowser } from '../browser.ts';
import { Box, REHEARSAL } from './box.ts';
import { mute, openDesk, unmute, wearEarphone } from './guide-desk.ts';
import { hearsTone, speakTone } from './recorders.ts';
import { toneDb } from './sound.ts';
import { Visitor } from './visitor.ts';

const ASKER_HZ = 620;
/** Nothing of a tone, dB: what is left of it in silence and in speech. */
const NOTHING_DB = -60;

describe('visitors who speak', () => {
  let box: Box;
  let tour: TourDeskView;
  let browser: Browser;
  let mortal: Awaited<ReturnType<typeof launchMortalBrowser>>;
  let desk: Page;
  let other: Visitor;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    tour = await box.createTour({ name: 'Norland Park', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    [browser, mortal] = await Promise.all([launchBrowser(), launchMortalBrowser()]);
    desk = await openDesk(browser, box, tour.id);
    await mute(desk);
    await wearEarphone(desk);
    other = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await other.listen('English');
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await mortal.browser.close();
    await box.stop();
  });

  async function come(browser: Browser): Promise<Visitor> {
    const url = `${box.url.replace('127.0.0.1', 'localhost')}/j/${tour.code}`;
    const visitor = await Visitor.open(browser, url, { prepare: speakTone(ASKER_HZ) });
    await visitor.listen('English');
    await visitor.page.getByRole('button', { name: 'Ask', exact: true }).click();
    return visitor;
  }

  async function haveFloor({ page }: Visitor): Promise<void> {
    await page.getByRole('radio', { name: 'To everybody' }).check();
    await page.getByRole('button', { name: 'Ask for the floor' }).click();
    await desk.getByRole('button', { name: 'Let speak' }).click();
    await desk.getByText('Speaks to all').waitFor();
    await hearsTone(other.page, ASKER_HZ);
  }

  it('have the floor, are not heard by themselves, and give it back to the guide who begins to speak', async () => {
    const asker = await come(browser);
    await haveFloor(asker);
    expect(toneDb(await asker.heard(), ASKER_HZ)).toBeLessThan(NOTHING_DB);
    await unmute(desk);
    await desk.getByText('Speaks to all').waitFor({ state: 'detached' });
    await asker.page.getByRole('button', { name: 'Ask for the floor' }).waitFor();
    await mute(desk);
    await asker.close();
  });

  it('leave it free when their browser dies', async () => {
    await haveFloor(await come(mortal.browser));
    const died = performance.now();
    await mortal.kill();
    await desk.getByText('Speaks to all').waitFor({ state: 'detached' });
    console.log(`The floor was free ${Math.round(performance.now() - died)} ms after the browser had died.`);
  });

  it('call the guide: the two hear each other, nobody else hears either', async () => {
    const caller = await come(browser);
    const from = (await other.heard()).length;
    await caller.page.getByRole('button', { name: 'I am lost: call my guide' }).click();
    await caller.page.getByRole('button', { name: 'Call my guide', exact: true }).click();
    await desk.getByRole('button', { name: 'Take', exact: true }).first().click();
    await desk.getByRole('button', { name: 'Mute the tour meanwhile' }).click();
    await caller.page.getByText('You speak with your guide').waitFor();
    await hearsTone(desk, ASKER_HZ);
    await caller.hears({ seconds: 1 });

    const heard = (await other.heard()).subarray(from);
    expect(heard.length).toBeGreaterThan(0);
    // Not zero: a browser's decoder makes up noise.
    expect(heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(30);
    await desk.getByRole('button', { name: 'Hang up' }).first().click();
    await caller.page.getByText('The call has ended.').first().waitFor();
    await desk.getByRole('button', { name: 'Hang up' }).first().waitFor({ state: 'detached' });
  });
});
