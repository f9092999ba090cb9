import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser, launchMortalBrowser } from '../browser.ts';
import { Visitor } from './visitor.ts';

describe('a visitor who leaves', () => {
  let box: Box;
  let staying: Browser;
  let tour: TourDeskView;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    staying = await launchBrowser();
    tour = await box.createTour({ name: 'Coming and going', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
  });

  afterAll(async () => {
    await staying.close();
    await box.stop();
  });

  const join = async (browser: Browser): Promise<Visitor> => {
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await visitor.listen('English');
    await visitor.hears({ seconds: 1 });
    return visitor;
  };
  /** Whom the guide sees listening. */
  const heard = async (): Promise<number> =>
    (await box.tour(tour.id)).channels.reduce((sum, channel) => sum + channel.listeners, 0);
  /** Connections that the box holds: what counts against its bound. */
  const held = async (): Promise<number> => {
    const metrics = await (await fetch(`${box.url}/metrics`)).text();
    return Number(/^ubizo_listeners (\d+)$/m.exec(metrics)?.[1]);
  };

  it('makes room at once by closing the page', async () => {
    const stays = await join(staying);
    const leaves = await join(staying);
    expect([await heard(), await held()]).toEqual([2, 2]);
    const left = performance.now();
    // As by hand: the page gets its chance to say so.
    await leaves.page.close({ runBeforeUnload: true });
    // Well before the box would miss it by itself.
    await expect.poll(held, { timeout: 8_000, interval: 50 }).toBe(1);
    console.log(`freed ${(performance.now() - left).toFixed(0)} ms after the page was closed`);
    await leaves.close();
    await stays.close();
    await expect.poll(held, { timeout: 8_000 }).toBe(0);
  });

  it('is missed after ten seconds and makes room after thirty when the phone is simply gone', async () => {
    const stays = await join(staying);
    const { browser, kill } = await launchMortalBrowser();
    await join(browser);
    expect([await heard(), await held()]).toEqual([2, 2]);
    const before = await stays.played();
    const left = performance.now();
    await kill();
    await expect.poll(heard, { timeout: 40_000, interval: 100 }).toBe(1);
    const missed = performance.now() - left;
    await expect.poll(held, { timeout: 60_000, interval: 100 }).toBe(1);
    const freed = performance.now() - left;
    console.log(`missed after ${missed.toFixed(0)} ms, freed after ${freed.toFixed(0)} ms`);
    // Who stays hears on.
    await stays.plays(before + 5);
    await stays.close();
  }, 150_000);
});
