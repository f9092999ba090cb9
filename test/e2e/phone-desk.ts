import type { Browser, Page } from 'playwright-core';
import { SETUP_CODE, type Box } from './box.ts';

/** The desk of the tour "On the phone" in a browser of its own whose microphone is the tour's, and is heard. */
export async function openPhoneDesk(browser: Browser, box: Box): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', permissions: ['microphone'] });
  const desk = await context.newPage();
  await desk.goto(`${box.url.replace('127.0.0.1', 'localhost')}/guide`);
  await desk.getByLabel('Setup code').fill(SETUP_CODE);
  await desk.getByRole('button', { name: 'Guide a tour first' }).click();
  await desk.getByText('On the phone').first().click();
  await desk.getByLabel('Choose the microphone').selectOption('phone');
  await desk.getByTestId('heard').getByText('I hear you').waitFor();
  return desk;
}
