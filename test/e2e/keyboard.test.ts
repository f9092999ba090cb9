import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';

/** More tab stops than any page has. */
const MOST_STOPS = 120;

/** What has the focus, through shadow roots: how it is called, and whether one sees that it has it. */
const focused = (page: Page): Promise<{ name: string; visible: boolean }> =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    // A heading that has the focus is read out, and is no tab stop.
    if (!(element instanceof HTMLElement) || element.tabIndex < 0) return { name: '', visible: false };
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const words = labels.map((label) => label.textContent).join(' ') || element.textContent;
    const name = (element.ariaLabel ?? words).replaceAll(/\s+/gu, ' ').trim();
    return { name, visible: element.matches(':focus-visible') };
  });

/** Tab, as often as it takes. */
async function reach(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const here = await focused(page);
    if (here.name === name) return expect(here.visible, `one sees that ${name} has the focus`).toBe(true);
    passed.push(here.name);
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} is not reached by the Tab key, only ${[...new Set(passed)].join(', ')}.`);
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).first().waitFor();
  await reach(page, name);
  await page.keyboard.press('Enter');
}

async function type(page: Page, name: string, words: string): Promise<void> {
  await page.getByLabel(name, { exact: true }).waitFor();
  await reach(page, name);
  await page.keyboard.type(words);
}

describe('an owner without mouse or touch', () => {
  let box: Box;
  let browser: Browser;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  it('claims the box, makes a tour, starts, mutes and ends it', async () => {
    const page = await (
      await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 780 } })
    ).newPage();
    await page.goto(`${box.url}/guide`);
    await type(page, 'Setup code', SETUP_CODE);
    await page.keyboard.press('Enter');
    await type(page, 'Email address', 'owner@example.org');
    await type(page, 'Password', 'a stone bridge');
    await press(page, 'Next');
    await type(page, 'Name of the box', 'Old town box');
    await press(page, 'Next');
    await press(page, 'Skip for now');
    await press(page, 'Finish');

    const menu = page.locator('ubizo-site-menu');
    await menu.getByText('Old town box').waitFor();
    const rows = await menu
      .locator('li')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().y));
    expect(new Set(rows).size, 'the menu is one row on a phone').toBe(1);

    await press(page, 'Make the first tour');
    await type(page, 'Tour name', 'Norland Park');
    await type(page, 'Search languages', 'Spanish');
    await page.keyboard.press('Enter');
    await press(page, 'Create tour');
    await press(page, 'Start');
    const state = page.getByTestId('tour-state');
    await state.getByText('LIVE').waitFor();
    await press(page, 'Mute');
    await page.getByText('You are muted').waitFor();
    await press(page, 'Unmute');
    await page.getByText('You are muted').waitFor({ state: 'detached' });
    await press(page, 'End tour');
    await press(page, 'Yes, end it');
    await state.getByText('Ended').waitFor();
    await page.context().close();
  });
});
