import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser } from '../browser.ts';

declare global {
  interface Window {
    /** As in ui/link/head-start.ts. */
    headStart?: { readonly audio: HTMLAudioElement; readonly peer: RTCPeerConnection | undefined };
  }
}

/** The words and things that a visitor looks for at the entrance, and where each of them is. */
function places(page: Page): Promise<Record<string, readonly number[]>> {
  return page.evaluate(() => {
    const found: Record<string, readonly number[]> = {};
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        if (!element.matches('h1, h2, p, label, button, input, select')) continue;
        const { x, y, width, height } = element.getBoundingClientRect();
        const name = `${element.localName} ${element.textContent.trim() || element.getAttribute('value') || ''}`;
        found[name.replaceAll(/\s+/g, ' ')] = [x, y, width, height].map(Math.round);
      }
    };
    look(document.body);
    return found;
  });
}

const playing = (): boolean => window.headStart?.audio.paused === false;

describe('the entrance of a tour comes with the page', () => {
  let box: Box;
  let browser: Browser;
  let url: string;
  let id: string;

  beforeAll(async () => {
    box = await Box.start({ UBIZO_INTERPRETER: 'none', UBIZO_MICROPHONE: `file:${REHEARSAL}#loop` });
    browser = await launchBrowser();
    const tour = await box.createTour({ name: 'Old <b>Town', floorLanguage: 'en', languages: ['es', 'ar'] });
    id = tour.id;
    url = `${box.url}/j/${tour.code}`;
    await box.step(id, 'start');
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
  });

  /** The page without its program, until `release`. */
  async function held(locale: string): Promise<{ page: Page; calls: string[]; release: () => void }> {
    const context = await browser.newContext({ locale, viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    const calls: string[] = [];
    page.on('request', (request) => calls.push(`${request.method()} ${new URL(request.url()).pathname}`));
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route('**/assets/*.js', async (route) => {
      await released;
      await route.continue();
    });
    await page.goto(url, { waitUntil: 'commit' });
    return { page, calls, release };
  }

  it.each([
    ['es-MX', 'es', 'ltr', 'Escuchar'],
    ['ar', 'ar', 'rtl', 'استمع'],
  ])('in the language of a visitor from %s', async (wanted, lang, dir, listen) => {
    const html = await (await fetch(url, { headers: { 'accept-language': wanted } })).text();
    expect(html).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(html).toContain(listen);
    expect(html).toContain('<bdi>Old &lt;b&gt;Town</bdi>');
  });

  it('and nothing of it moves when the program takes its place, nor is the choice lost', async () => {
    const { page, release } = await held('ar');
    await page.getByRole('radio', { name: 'English' }).check({ force: true });
    await page.getByRole('textbox').fill('Zoe');
    const before = await places(page);
    release();
    await page.locator('#still').waitFor({ state: 'detached' });
    expect(await places(page)).toEqual(before);
    expect(await page.getByRole('radio', { name: 'English' }).isChecked()).toBe(true);
    expect(await page.getByRole('textbox').inputValue()).toBe('Zoe');
    expect((await box.tour(id)).attendees).toEqual([]);
    await page.context().close();
  });

  it('and a tap on it is heard before the program is there, which goes on with the same connection', async () => {
    const { page, calls, release } = await held('en-GB');
    await page.getByRole('button', { name: 'Listen' }).click();
    await page.waitForFunction(async () => {
      const [receiver] = window.headStart?.peer?.getReceivers() ?? [];
      for (const [, entry] of (await receiver?.getStats()) ?? [])
        if (((entry as RTCInboundRtpStreamStats).totalAudioEnergy ?? 0) > 0) return true;
      return false;
    });
    expect(await page.evaluate(playing)).toBe(true);
    expect((await box.tour(id)).attendees).toHaveLength(1);
    release();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await page.getByText('Good connection').waitFor();
    expect(await page.evaluate(playing)).toBe(true);
    expect(calls.filter((call) => call.startsWith('POST'))).toEqual([
      'POST /api/join',
      expect.stringMatching(/^POST \/whep\//),
    ]);
    await page.context().close();
  });
});
