import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { launchBrowser } from '../browser.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';
import { Visitor } from './visitor.ts';

const OWNER = { email: 'owner@example.org', password: 'a stone bridge' };
const GUIDE = { email: 'eva@example.org', password: 'three old towers' };

/** What each format begins with, and how a line of it looks. */
const FORMATS = {
  TXT: /\S/u,
  SRT: /^1\r?\n\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}\r?\n\S/u,
  VTT: /^WEBVTT[\s\S]*\d\d:\d\d\.\d{3} --> [\d:]*\d\d:\d\d\.\d{3}/u,
};

async function claim(page: Page): Promise<void> {
  await page.getByLabel('Setup code').fill(SETUP_CODE);
  await page.getByRole('button', { name: 'Make it mine' }).click();
  await page.getByLabel('Email address').fill(OWNER.email);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Name of the box').fill('Old town box');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await page.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('The box is yours').waitFor();
}

async function signIn(page: Page, { email, password }: typeof GUIDE): Promise<void> {
  await page.getByLabel('Email address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Go on' }).click();
}

async function makeTour(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'New tour' }).click();
  await page.getByLabel('Tour name').fill('Norland Park');
  await page.getByLabel('I speak').selectOption('en');
  await page.getByLabel('Search languages').fill('Spanish');
  await page.getByLabel('Search languages').press('Enter');
  await page.getByRole('button', { name: 'Create tour' }).click();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByTestId('tour-state').getByText('LIVE').waitFor();
  return page.getByTestId('tour-code').innerText();
}

async function download(page: Page, language: string, format: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId(`transcript-${language}`).getByRole('link', { name: format }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}

describe('a new box', () => {
  let server: RealtimeServer;
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    server = new RealtimeServer({});
    await server.start();
    box = await Box.start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
    await server.stop();
  });

  /** The guide's page in a browser of its own. */
  async function open(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(`${box.url}/guide`);
    return page;
  }

  it('is claimed, lets a guide in, leads a visitor, and gives the guide what was said', async () => {
    const owner = await open();
    await claim(owner);

    const guide = await open();
    await signIn(guide, GUIDE);
    await guide.getByRole('button', { name: 'Make the account' }).click();
    await guide.getByText('Ask the owner of this box to approve it').waitFor();
    await owner.getByRole('link', { name: 'Accounts 1 waiting' }).click({ timeout: 30_000 });
    await owner.getByRole('button', { name: `Approve ${GUIDE.email}` }).click();
    await owner.getByRole('button', { name: `Block ${GUIDE.email}` }).waitFor();

    const code = await makeTour(guide);
    const visitor = await Visitor.open(browser, `${box.url}/j/${code}`);
    await visitor.page.getByLabel('Your name').fill('Alba');
    await visitor.listen('Español');
    await visitor.hears({ seconds: 2 });
    const row = guide.getByTestId('attendee').filter({ hasText: 'Alba' });
    await row.getByText('Spanish').waitFor();
    // A line is written down once it is final: here the guide's own words, there the Spanish ones.
    for (const page of [guide, visitor.page])
      await page.locator('ubizo-caption-stream .lines p.final').first().waitFor({ timeout: 60_000 });

    await row.getByRole('button', { name: 'Remove Alba' }).click();
    await guide.getByRole('button', { name: 'Yes, remove' }).click();
    await visitor.page.getByText('Your guide has taken you off this tour.').waitFor();
    await row.waitFor({ state: 'detached' });
    await visitor.close();

    // Put out in mid-tour, they are told why and come back to a tour that went on.
    await owner.getByRole('button', { name: `Block ${GUIDE.email}` }).click();
    await owner.getByRole('button', { name: 'Yes, block it' }).click();
    await guide.getByText('has blocked this account. “Norland Park” goes on under the name of').waitFor();
    await owner.getByRole('button', { name: 'Undo' }).click();
    await owner.getByRole('button', { name: `Forgotten password ${GUIDE.email}` }).click();
    await owner.getByRole('button', { name: 'Make the code' }).click();
    const resetCode = await owner.getByTestId('password-code').innerText();
    await guide.getByRole('button', { name: 'Forgotten your password?' }).click();
    await guide.getByLabel('Email address').fill(GUIDE.email);
    await guide.getByLabel('Code from the owner').fill(resetCode);
    await guide.getByLabel('New password').fill('seven grey cats');
    await guide.getByRole('button', { name: 'Set the password' }).click();
    await guide.getByTestId('tour-state').getByText('LIVE').waitFor();

    await guide.getByRole('button', { name: 'End tour' }).click();
    await guide.getByRole('button', { name: 'Yes, end it' }).click();
    for (const language of ['en', 'es']) {
      for (const [format, shape] of Object.entries(FORMATS)) {
        expect(await download(guide, language, format), `${language} ${format}`).toMatch(shape);
      }
    }
  });
});
