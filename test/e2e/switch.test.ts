import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { sine } from '../microphone/waveform.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box } from './box.ts';
import { launchBrowser } from '../browser.ts';
import { longestBreakMs, toneDb } from './sound.ts';
import { Visitor } from './visitor.ts';

const GUIDE_HZ = 440;
const SPANISH_HZ = 900;

describe('a visitor who changes language', () => {
  let folder: string;
  let server: RealtimeServer;
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ubizo-switch-'));
    const path = join(folder, 'tone.wav');
    await writeFile(
      path,
      wavBytes({
        rate: 24_000,
        encoding: 's16',
        channels: [sine({ hz: GUIDE_HZ, rate: 24_000, seconds: 20, amplitude: 0.4 })],
      }),
    );
    server = new RealtimeServer({ tone: () => SPANISH_HZ });
    await server.start();
    box = await Box.start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${path}#loop`,
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('hears the other one without a break of more than 300 ms, and without a new connection', async () => {
    const tour = await box.createTour({ name: 'Tones', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await visitor.listen('English');
    await visitor.plays(2);

    for (const [button, next] of [
      [/Language: English/, 'Español'],
      [/Language: Español/, 'English'],
      [/Language: English/, 'Español'],
    ] as const) {
      await visitor.page.getByRole('button', { name: button }).click();
      await visitor.page.getByRole('radio', { name: next }).check({ force: true });
      await visitor.plays((await visitor.played()) + 4);
    }

    const heard = await visitor.heard();
    expect(longestBreakMs(heard.subarray(48_000))).toBeLessThanOrEqual(300);
    expect(toneDb(heard.subarray(-48_000 * 3), SPANISH_HZ)).toBeGreaterThan(-40);
    expect(toneDb(heard.subarray(48_000, 48_000 * 2), GUIDE_HZ)).toBeGreaterThan(-20);
    expect(toneDb(heard.subarray(48_000, 48_000 * 2), SPANISH_HZ)).toBeLessThan(-50);
    // The one that was made before the tap; a session's own address is longer.
    const offers = await visitor.page.evaluate(() =>
      performance.getEntriesByType('resource').filter(({ name }) => /\/whep\/[^/]+$/.test(name)),
    );
    expect(offers).toHaveLength(1);
    await visitor.close();
  });
});
