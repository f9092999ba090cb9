import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { Box } from './box.ts';
import { findCut } from './every-page/cut.ts';
import { EveryPage } from './every-page/visit.ts';

declare global {
  interface Window {
    readonly axe: typeof axeCore;
  }
}

const WIDTHS = [320, 390];

/** What axe finds against WCAG 2.2 AA, its best practices, and 7:1 for text. */
async function findBarriers(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'color-contrast-enhanced': { enabled: true } },
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
    );
  });
}

describe('every page, its text twice as large, on a narrow phone', () => {
  let browser: Browser;
  let axe: string;

  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    browser = await launchBrowser({ textPercent: 200 });
  });

  afterAll(() => browser.close());

  it.each(['de', 'ar', 'ja', 'ko', 'ru'])(
    'is whole and without barriers in %s',
    async (locale) => {
      const box = await Box.start({ UBIZO_MICROPHONE: 'file:rehearsal', UBIZO_INTERPRETER: 'none' });
      const found: string[] = [];
      const seen: string[] = [];
      const everyPage = new EveryPage({
        browser,
        box,
        locale,
        see: async ({ page, name }) => {
          seen.push(name);
          const letters = await page.evaluate(() => getComputedStyle(document.body).fontSize);
          expect(parseFloat(letters), 'twice as large').toBeGreaterThanOrEqual(32);
          for (const width of WIDTHS) {
            await page.setViewportSize({ width, height: 640 });
            const faults = await page.evaluate(findCut);
            found.push(...faults.map((fault) => `${name}, ${width} px: ${fault}`));
          }
          found.push(...(await findBarriers(page, axe)).map((barrier) => `${name}: ${barrier}`));
        },
      });
      await everyPage.visit().catch((error: unknown) => found.push(String(error)));
      await box.stop();
      expect(found).toEqual([]);
      expect(seen.length).toBeGreaterThan(20);
    },
    240_000,
  );
});
