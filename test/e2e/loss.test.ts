import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../appliance/log.ts';
import { Shards } from '../../appliance/shard/shards.ts';
import { Lecture } from '../bench/redundancy/lecture.ts';
import { type Loss, LossyListener } from '../bench/redundancy/lossy-listener.ts';
import { launchBrowser } from '../browser.ts';
import { LossyNetwork, mayLose } from '../lossy-network.ts';

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

/** The share of the sound that the browser had to invent. */
async function concealed(listener: LossyListener): Promise<number> {
  const loss = await listener.end();
  expect(loss.lost / loss.due, 'packets are lost at all').toBeGreaterThan(0.1);
  return loss.concealed / loss.played;
}
