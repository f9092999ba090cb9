import type { Browser } from 'playwright-core';
import { ARABIC_PHONE, open, PHONE, SPANISH_PHONE, take } from './looks.ts';

/** What opens by itself on a phone that has joined the box's Wi-Fi. */
export async function takePortal(browser: Browser, url: string): Promise<void> {
  for (const [look, system] of [
    [PHONE, 'ios'],
    [SPANISH_PHONE, 'android'],
    [ARABIC_PHONE, 'android'],
  ] as const) {
    const context = await open(browser, url, look);
    const page = await context.newPage();
    await page.goto(`/portal?on=${system}`);
    await take(page, 'portal', look);
    await context.close();
  }
}
