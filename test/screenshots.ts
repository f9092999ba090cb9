/**
 * `npm run screenshots`: takes the pictures of docs/screenshots/ anew, from a real box in real Chromium, with the
 * rehearsal recording as the microphone and whatever interpreter the machine has. Look at them before you commit them.
 * `npm run screenshots -- every-page [LOCALE…]`: every page in English, Arabic, Japanese and Korean (or the given
 * languages), on a phone and a desktop and with letters twice as large, into test-results/screenshots/.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Appliance } from '../appliance/appliance.ts';
import { buildPages, pagesAreStale } from '../appliance/http/page-build.ts';
import { createLog } from '../appliance/log.ts';
import { readSettings } from '../appliance/settings.ts';
import { launchBrowser } from './browser.ts';
import { takeClaim, takeOwner, takeSignIn, takeStrangers } from './screenshots/accounts.ts';
import { takeEveryPage } from './screenshots/every-page.ts';
import { OUT, SETUP_CODE } from './screenshots/looks.ts';
import { takePortal } from './screenshots/portal.ts';
import { takeTour } from './screenshots/tour.ts';

async function takeAll(browser: Browser, url: string): Promise<void> {
  await takePortal(browser, url);
  const id = await takeTour(browser, url);
  const owner = await takeClaim(browser, url);
  await takeSignIn(browser, url);
  await takeOwner(owner);
  await takeStrangers(browser, url, owner, id);
}

const data = await mkdtemp(join(tmpdir(), 'ubizo-screenshots-'));
if (await pagesAreStale()) console.log((await buildPages()) ?? 'The pages were built.');
const appliance = new Appliance({
  settings: readSettings({
    UBIZO_DATA: data,
    UBIZO_HOST: '127.0.0.1',
    UBIZO_HTTP_PORT: '0',
    UBIZO_HTTPS_PORT: '0',
    UBIZO_SETUP_CODE: SETUP_CODE,
    UBIZO_MICROPHONE: 'file:rehearsal',
  }),
  log: createLog({ level: 'warn' }),
});
await appliance.start();
const browser = await launchBrowser();
try {
  const [mode, ...locales] = process.argv.slice(2);
  if (mode === 'every-page') {
    await takeEveryPage(locales.length > 0 ? locales : ['en', 'ar', 'ja', 'ko']);
  } else {
    await mkdir(OUT, { recursive: true });
    await takeAll(browser, appliance.url);
  }
} finally {
  await browser.close();
  await appliance.stop();
  await rm(data, { recursive: true, force: true });
}
