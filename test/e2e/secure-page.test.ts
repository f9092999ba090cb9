import { networkInterfaces } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';

/** An address of this machine at which a caller is not the box itself. */
const address = Object.values(networkInterfaces())
  .flat()
  .find((each) => each?.family === 'IPv4' && !each.internal)?.address;

describe.skipIf(address === undefined)('a guide’s phone in the network of a new box', () => {
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    box = await Box.start({
      UBIZO_HOST: '0.0.0.0',
      UBIZO_INTERPRETER: 'none',
      UBIZO_MICROPHONE: 'none',
    });
    browser = await launchBrowser({ capture: REHEARSAL });
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('is led from plain HTTP to the secure page, claims the box there, and is the microphone', async () => {
    // As someone who goes on past the browser's warning of a certificate that it does not know.
    const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true });
    await context.grantPermissions(['microphone']);
    const page = await context.newPage();
    await page.goto(`http://${address}:${box.appliance.port}/guide`);
    await page.getByText('First open the secure page').waitFor();
    expect(await page.locator('input').count(), 'before anything is typed').toBe(0);
    await page.getByRole('button', { name: 'Guide a tour first' }).click();
    await page.getByLabel('Setup code').fill(SETUP_CODE);
    await page.getByRole('button', { name: 'Make it mine' }).click();
    await page.getByRole('link', { name: 'Open the secure page' }).click();
    await page.waitForURL(/^https:[^?]*#claim$/u);
    await page.reload();

    // The code was shown once: neither the step to HTTPS nor a reload asks for it again.
    await page.getByLabel('Email address').fill('owner@example.org');
    await page.getByLabel('Password', { exact: true }).fill('a stone bridge');
    for (const next of ['Next', 'Next', 'Skip for now', 'Finish'])
      await page.getByRole('button', { name: next }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('Made on this box.').waitFor();

    const made = await context.request.post(`${new URL(page.url()).origin}/api/tours`, {
      data: { name: 'On the phone', floorLanguage: 'en', languages: ['es'] },
      headers: { origin: new URL(page.url()).origin },
    });
    const { id } = (await made.json()) as { id: string };
    await page.goto(`${new URL(page.url()).origin}/guide#${id}`);
    await page.getByLabel('Choose the microphone').selectOption('phone');
    await page.getByTestId('heard').getByText('I hear you').waitFor();
    await context.close();
  });
});
