import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../browser.ts';
import { Box } from '../e2e/box.ts';
import { EveryPage } from '../e2e/every-page/visit.ts';

/** Not for the docs: to be looked at, and thrown away. */
const LOOKED_AT = fileURLToPath(new URL('../../test-results/screenshots/', import.meta.url));

const PHONE = { width: 390, height: 780 };
const NARROW = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 800 };

/** Every page in scripts of four kinds, on a phone and a desktop, and on phones with letters twice as large. */
export async function takeEveryPage(locales: readonly string[]): Promise<void> {
  for (const locale of locales) {
    for (const [textPercent, sizes] of [
      [100, [PHONE, DESKTOP]],
      [200, [NARROW, PHONE]],
    ] as const) {
      const folder = join(LOOKED_AT, `${locale}-${textPercent}`);
      await mkdir(folder, { recursive: true });
      const box = await Box.start({ UBIZO_MICROPHONE: 'file:rehearsal', UBIZO_INTERPRETER: 'none' });
      const browser = await launchBrowser({ textPercent });
      const everyPage = new EveryPage({
        browser,
        box,
        locale,
        see: async ({ page, name }) => {
          for (const size of sizes) {
            await page.setViewportSize(size);
            const path = join(folder, `${name}-${size.width}.png`);
            await page.screenshot({ path, fullPage: true, animations: 'disabled', caret: 'hide' });
          }
          console.log(`${locale} ${textPercent} %  ${name}`);
        },
      });
      await everyPage.visit();
      await browser.close();
      await box.stop();
    }
  }
}
