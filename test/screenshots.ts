/**
 * `npm run screenshots`: takes the pictures of docs/screenshots/ anew, from a real box in real Chromium, with the
 * rehearsal recording as the microphone and whatever interpreter the machine has. Look at them before you commit them.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Appliance } from '../appliance/appliance.ts';
import { buildPages, pagesAreStale } from '../appliance/http/page-build.ts';
import { createLog } from '../appliance/log.ts';
import { readSettings } from '../appliance/settings.ts';
import { launchBrowser } from './browser.ts';

const OUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url));
const SETUP_CODE = 'SCREENSHOT';
/** Beyond this a caption will not come any more. */
const CAPTION_MS = 30_000;

interface Look {
  readonly size: 'phone' | 'desktop';
  readonly scheme: 'light' | 'dark';
  readonly locale: string;
}

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };
const PHONE: Look = { size: 'phone', scheme: 'light', locale: 'en' };
const DESKTOP: Look = { size: 'desktop', scheme: 'light', locale: 'en' };
const DARK_PHONE: Look = { size: 'phone', scheme: 'dark', locale: 'en' };
const DARK_DESKTOP: Look = { size: 'desktop', scheme: 'dark', locale: 'en' };
const SPANISH_PHONE: Look = { size: 'phone', scheme: 'light', locale: 'es' };
const ARABIC_PHONE: Look = { size: 'phone', scheme: 'light', locale: 'ar' };

function nameOf(page: string, { size, scheme, locale }: Look): string {
  const parts = [page, size];
  if (scheme === 'dark') parts.push('dark');
  if (locale !== 'en') parts.push(locale);
  return `${parts.join('-')}.png`;
}

async function take(
  page: Page,
  name: string,
  look: Look,
  { whole = false }: { whole?: boolean } = {},
): Promise<void> {
  const file = nameOf(name, look);
  // Nothing is to look as if it were pointed at.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(OUT, file), fullPage: whole, animations: 'disabled', caret: 'hide' });
  console.log(file);
}

async function open(browser: Browser, url: string, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: url,
    viewport: SIZES[look.size],
    colorScheme: look.scheme,
    locale: look.locale,
    reducedMotion: 'reduce',
  });
}

/** The recording has pauses; a picture shows it speaking. */
async function untilLoud(desk: Page): Promise<void> {
  await desk.locator('ubizo-level-meter [aria-valuetext^="-2"]').waitFor();
}

/** A guide's page, signed in without the form. */
async function guide(browser: Browser, url: string, look: Look): Promise<Page> {
  const context = await open(browser, url, look);
  await context.request.post('/api/sign-in', { data: { setupCode: SETUP_CODE } });
  return context.newPage();
}

/** Signs in and makes a tour, as a guide does the first time. @returns its id. */
async function makeTour(browser: Browser, url: string): Promise<string> {
  const page = await (await open(browser, url, PHONE)).newPage();
  await page.goto('/guide');
  await page.getByLabel('Setup code').fill(SETUP_CODE);
  await page.getByRole('button', { name: 'Guide a tour first' }).click();
  await page.locator('ubizo-tour-list').waitFor();
  await page.goto('/guide#new');
  await fillForm(page);
  await page.getByRole('button', { name: 'Create tour' }).click();
  await page.getByTestId('tour-state').waitFor();
  await untilLoud(page);
  await take(page, 'guide-desk-ready', PHONE, { whole: true });
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  const id = new URL(page.url()).hash.slice(1);
  await page.context().close();
  return id;
}

async function fillForm(page: Page): Promise<void> {
  await page.getByLabel('Tour name').fill('Old town on foot');
  await page.getByLabel('I speak').selectOption('en');
  for (const language of ['Spanish', 'Catalan', 'Arabic']) {
    await page.getByLabel('Search languages').fill(language);
    await page.getByLabel('Search languages').press('Enter');
  }
}

/** Joins as a visitor does and waits until `lines` captions have come. The page stays open: it listens. */
async function visit(
  browser: Browser,
  url: string,
  { code, language, lines, look }: { code: string; language: string; lines: number; look: Look },
): Promise<Page> {
  const page = await (await open(browser, url, look)).newPage();
  await page.goto(`/j/${code}`);
  await page.locator('ubizo-language-list').waitFor();
  await page.locator(`ubizo-language-list input[value="${language}"]`).check({ force: true });
  await take(page, 'visitor-languages', look);
  await page.locator('button.listen').click();
  await page.getByTestId('connection').waitFor();
  await page.locator('[data-testid=connection].good').waitFor();
  const captions = page.locator('ubizo-caption-stream .lines p.final');
  if (lines > 0) await captions.nth(lines - 1).waitFor({ timeout: CAPTION_MS });
  return page;
}

async function takeAll(browser: Browser, url: string): Promise<void> {
  const id = await makeTour(browser, url);
  const desk = await guide(browser, url, DESKTOP);
  const answer = await desk.context().request.get(`/api/tours/${id}`);
  const { code } = (await answer.json()) as { code: string };

  for (const look of [PHONE, DESKTOP]) {
    const page = await (await open(browser, url, look)).newPage();
    await page.goto('/');
    await page.getByLabel('Tour code').waitFor();
    await take(page, 'visitor-code', look);
    await page.context().close();
  }

  const visits = [
    { language: 'es', lines: 3, look: PHONE },
    { language: 'es', lines: 3, look: DARK_PHONE },
    { language: 'es', lines: 3, look: SPANISH_PHONE },
    { language: 'ca', lines: 3, look: DESKTOP },
    // No interpreter on the box speaks it: the page says so, and the guide is heard.
    { language: 'ar', lines: 0, look: ARABIC_PHONE },
  ];
  await Promise.all(
    visits.map(async ({ language, lines, look }) => {
      const page = await visit(browser, url, { code, language, lines, look });
      await take(page, 'visitor-listening', look);
    }),
  );

  for (const look of [DESKTOP, DARK_DESKTOP, PHONE, DARK_PHONE, ARABIC_PHONE]) {
    const page = look === DESKTOP ? desk : await guide(browser, url, look);
    await page.goto(`/guide#${id}`);
    await page.getByTestId('language-es').waitFor();
    await page.locator('ubizo-caption-stream .lines p').first().waitFor({ timeout: CAPTION_MS });
    await untilLoud(page);
    await take(page, 'guide-desk', look);
    if (look.size === 'phone' && look.scheme === 'light')
      await take(page, 'guide-desk-whole', look, { whole: true });
  }
  for (const look of [PHONE, DESKTOP]) {
    const page = await guide(browser, url, look);
    await page.goto('/guide');
    await page.getByText('Old town on foot').waitFor();
    await take(page, 'guide-tours', look);
    await page.goto('/guide#new');
    await fillForm(page);
    await take(page, 'guide-new-tour', look, { whole: true });
    await page.context().clearCookies();
    await page.goto('/guide');
    await page.reload();
    await page.getByLabel('Setup code').waitFor();
    await take(page, 'guide-sign-in', look);
  }
}

const data = await mkdtemp(join(tmpdir(), 'ubizo-screenshots-'));
if (await pagesAreStale()) console.log((await buildPages()) ?? 'The pages were built.');
const appliance = new Appliance({
  settings: readSettings({
    UBIZO_DATA: data,
    UBIZO_HOST: '127.0.0.1',
    UBIZO_HTTP_PORT: '0',
    UBIZO_SETUP_CODE: SETUP_CODE,
    UBIZO_MICROPHONE: 'file:rehearsal',
  }),
  log: createLog({ level: 'warn' }),
});
await appliance.start();
const browser = await launchBrowser();
try {
  await mkdir(OUT, { recursive: true });
  await takeAll(browser, appliance.url);
} finally {
  await browser.close();
  await appliance.stop();
  await rm(data, { recursive: true, force: true });
}
