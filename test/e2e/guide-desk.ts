import type { Browser, Page } from 'playwright-core';
import { SETUP_CODE, type Box } from './box.ts';
import { recordGraphs } from './recorders.ts';

/** The desk of a tour where all its parts are seen at once, and a recorder on what the guide's earphone is given. */
export async function openDesk(browser: Browser, box: Box, tour: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  await context.request.post(`${box.url}/api/sign-in`, { data: { setupCode: SETUP_CODE } });
  const desk = await context.newPage();
  await recordGraphs(desk);
  await desk.goto(`${box.url}/guide#${tour}`);
  await desk.getByTestId('heard').getByText('I hear you').waitFor();
  return desk;
}

export async function mute(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Mute', exact: true }).click();
  await desk.getByText('You are muted').waitFor();
}

export async function unmute(desk: Page): Promise<void> {
  await desk.getByRole('button', { name: 'Unmute', exact: true }).click();
  await desk.getByText('You are muted').waitFor({ state: 'detached' });
}

/** What visitors say comes into the guide's ear from now on. */
export async function wearEarphone(desk: Page): Promise<void> {
  await desk.getByTestId('earphone').check();
  await desk.getByText('Nobody else hears it.').waitFor();
}
