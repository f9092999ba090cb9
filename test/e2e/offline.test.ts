import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';
import { launchBrowser } from '../browser.ts';
import { Visitor } from './visitor.ts';

describe('a box without the internet', () => {
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'offline', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('lets a guide make a tour, and a visitor hear and read it in Spanish', async () => {
    const desk = await browser.newPage({ locale: 'en-GB' });
    await desk.goto(`${box.url}/guide`);
    await desk.getByLabel('Setup code').fill(SETUP_CODE);
    await desk.getByRole('button', { name: 'Guide a tour first' }).click();
    await desk.getByRole('button', { name: 'New tour' }).click();
    await desk.getByLabel('Tour name').fill('Norland Park');
    await desk.getByLabel('I speak').selectOption('en');
    await desk.getByLabel('Search languages').fill('Spanish');
    await desk.getByRole('checkbox', { name: /Español/ }).check({ force: true });
    await desk.getByRole('button', { name: 'Create tour' }).click();

    const code = await desk.getByTestId('tour-code').innerText();
    expect(code).toMatch(/^[2-9A-Z]{6}$/);
    await desk.getByTestId('heard').getByText('I hear you').waitFor();
    await desk.getByRole('button', { name: 'Start', exact: true }).click();
    await desk.getByTestId('tour-state').getByText('Live').waitFor();

    const visitor = await Visitor.open(browser, `${box.url}/j/${code}`);
    await visitor.listen('Español');
    await visitor.page
      .getByLabel('Captions')
      .getByText(/egoísta|mujer|hombre/)
      .first()
      .waitFor({ timeout: 60_000 });
    await visitor.hears({ seconds: 3, above: 0.02 });

    await desk.getByTestId('language-es').getByText(/1/).first().waitFor();
    await desk.getByRole('button', { name: 'Pause' }).click();
    await visitor.page
      .getByText(/paused/i)
      .first()
      .waitFor();
    await desk.getByRole('button', { name: 'End tour' }).click();
    await desk.getByRole('button', { name: 'Yes, end it' }).click();
    await visitor.page
      .getByText(/ended|over/i)
      .first()
      .waitFor();
    await visitor.close();
  });
});
