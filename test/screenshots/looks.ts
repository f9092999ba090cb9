import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export const OUT = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
export const SETUP_CODE = 'SCREENSHOT';

export interface Look {
  readonly size: 'phone' | 'desktop';
  readonly scheme: 'light' | 'dark';
  readonly locale: string;
}

export const SIZES = { phone: { width: 390, height: 780 }, desktop: { width: 1280, height: 800 } };
export const PHONE: Look = { size: 'phone', scheme: 'light', locale: 'en' };
export const DESKTOP: Look = { size: 'desktop', scheme: 'light', locale: 'en' };
export const BOTH = [PHONE, DESKTOP];
export const DARK_PHONE: Look = { size: 'phone', scheme: 'dark', locale: 'en' };
export const DARK_DESKTOP: Look = { size: 'desktop', scheme: 'dark', locale: 'en' };
export const SPANISH_PHONE: Look = { size: 'phone', scheme: 'light', locale: 'es' };
export const ARABIC_PHONE: Look = { size: 'phone', scheme: 'light', locale: 'ar' };

function nameOf(page: string, { size, scheme, locale }: Look): string {
  const parts = [page, size];
  if (scheme === 'dark') parts.push('dark');
  if (locale !== 'en') parts.push(locale);
  return `${parts.join('-')}.png`;
}

export async function take(
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

export async function open(browser: Browser, url: string, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    baseURL: url,
    viewport: SIZES[look.size],
    colorScheme: look.scheme,
    locale: look.locale,
    reducedMotion: 'reduce',
  });
}
