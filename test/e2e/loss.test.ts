import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { Lecture } from '../bench/redundancy/lecture.ts';
import { type Loss, LossyListener } from '../bench/redundancy/lossy-listener.ts';
import { launchBrowser } from '../browser.ts';
import { LossyNetwork, mayLose } from '../lossy-network.ts';
import { Box, REHEARSAL } from './box.ts';
import { Visitor } from './visitor.ts';

const LOST_PERCENT = 20;
/** Played, s. */
const LONG_ENOUGH = 15;

describe.runIf(mayLose)('a network that loses every fifth packet', () => {
  let lecture: Lecture;
  let shards: Shards;
  let network: LossyNetwork;
  let browser: Browser;

  beforeAll(async () => {
    lecture = await Lecture.create();
    shards = new Shards({ log: silentLog(), count: 1 });
    network = new LossyNetwork();
    browser = await launchBrowser({ program: network.browser });
    await shards.start();
    lecture.start();
  });

  afterAll(async () => {
    await browser.close();
    lecture.stop();
    await shards.stop();
    network.close();
  });

  it('is hardly heard, with frames of 20 and of 60 ms, in players that take RED and in those that do not', async () => {
    const page = await browser.newPage();
    const connect = (channel: Lecture['floor'], red: boolean): Promise<LossyListener> =>
      LossyListener.connect({ page, shards, network, channel, red });
    const bare = [await connect(lecture.bareFloor, false), await connect(lecture.bareTranslated, false)];
    const kept = [
      await connect(lecture.floor, true),
      await connect(lecture.floor, false),
      await connect(lecture.translated, true),
      await connect(lecture.translated, false),
    ];
    network.lose(LOST_PERCENT);
    const all = [...bare, ...kept];
    await Promise.all(all.map((listener) => listener.begin()));
    await expect
      .poll(() => all[0]?.end(), { timeout: 60_000, interval: 500 })
      .toSatisfy((loss: Loss) => loss.played >= LONG_ENOUGH * 48_000);
    const without = await Promise.all(bare.map(concealed));
    const withIt = await Promise.all(kept.map(concealed));
    // On a busy machine all of them invent a little more: it is what lies between them that counts.
    expect(Math.min(...without) - Math.max(...withIt)).toBeGreaterThan(0.06);
  });
});

/** Lost by chance: with the frame before it in each packet and FEC, enough of that is heard. */
const FAR_AWAY_PERCENT = 55;

describe.runIf(mayLose)('a visitor far from the box', () => {
  let box: Box;
  let network: LossyNetwork;
  let browser: Browser;

  beforeAll(async () => {
    network = new LossyNetwork();
    browser = await launchBrowser({ program: network.browser });
    // The floor is never silent: every second counts.
    box = await Box.start({
      UBIZO_HOST: '0.0.0.0',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_NOISE_GATE: 'off',
      UBIZO_INTERPRETER: 'none',
    });
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
    network.close();
  });

  it('sees how the sound is and what to do, is sent more, and the guide is told who it is', async () => {
    const tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    const url = `http://${network.boxAddress}:${box.appliance.port}/j/${tour.code}`;
    const visitor = await Visitor.open(browser, url);
    await visitor.listen('English');
    await visitor.hears({ seconds: 1 });
    network.lose(FAR_AWAY_PERCENT);
    const { page } = visitor;
    await page.getByText(/^(Fair|Poor|No) sound$/).waitFor({ timeout: 60_000 });
    await page.getByText(/(missing|No sound arrives)\./).waitFor({ timeout: 60_000 });
    await expect
      .poll(async () => (await box.quality(tour.id)).worst, { timeout: 60_000 })
      .toMatchObject([{ language: 'en', by: 'page', distance: 2, reason: 'loss' }]);
  });
});

/** The share of the sound that the browser had to invent. */
async function concealed(listener: LossyListener): Promise<number> {
  const loss = await listener.end();
  expect(loss.lost / loss.due, 'packets are lost at all').toBeGreaterThan(0.1);
  return loss.concealed / loss.played;
}
