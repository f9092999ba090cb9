import type { Browser, Page } from 'playwright-core';
import {
  ARABIC_PHONE,
  BOTH,
  DARK_DESKTOP,
  DARK_PHONE,
  DESKTOP,
  type Look,
  open,
  PHONE,
  SETUP_CODE,
  SPANISH_PHONE,
  take,
} from './looks.ts';

/** Beyond this a caption will not come any more. */
const CAPTION_MS = 120_000;
/** What visitors call themselves, by language. */
const NAMES: Record<string, string> = { es: 'Alba', ca: 'Mercè', ar: 'سلمى' };

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
export async function visit(
  browser: Browser,
  url: string,
  { code, language, lines, look }: { code: string; language: string; lines: number; look: Look },
): Promise<Page> {
  const page = await (await open(browser, url, look)).newPage();
  await page.goto(`/j/${code}`);
  await page.locator('ubizo-language-list').waitFor();
  await page.locator(`ubizo-language-list input[value="${language}"]`).check({ force: true });
  await page.locator('ubizo-who-comes #name').fill(NAMES[language] ?? '');
  await take(page, 'visitor-languages', look);
  await page.locator('button.listen').click();
  await page.getByTestId('connection').waitFor();
  await page.locator('[data-testid=connection].good').waitFor();
  const captions = page.locator('ubizo-caption-stream .lines p.final');
  if (lines > 0) await captions.nth(lines - 1).waitFor({ timeout: CAPTION_MS });
  return page;
}

/** One tour, from its making to its desk while it is heard. @returns its id. */
export async function takeTour(browser: Browser, url: string): Promise<string> {
  const id = await makeTour(browser, url);
  const desk = await guide(browser, url, DESKTOP);
  const answer = await desk.context().request.get(`/api/tours/${id}`);
  const { code } = (await answer.json()) as { code: string };

  for (const look of BOTH) {
    const page = await (await open(browser, url, look)).newPage();
    // Where one tour goes on, the box leads to it; from there to another.
    await page.goto('/');
    await page.locator('ubizo-choose-language button.plain').first().click();
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
  for (const look of BOTH) {
    const page = await guide(browser, url, look);
    await page.goto('/guide');
    await page.locator('ubizo-tour-list li').first().waitFor();
    await take(page, 'guide-tours', look);
    await page.goto('/guide#new');
    await fillForm(page);
    await take(page, 'guide-new-tour', look, { whole: true });
    await page.context().close();
  }
  return id;
}
