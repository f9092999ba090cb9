import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { PAGE_EAR } from '../latency/page-ear.ts';

declare global {
  interface Window {
    /** When the mouth has gone from nearly closed to half open, ms since the epoch. */
    benchMouth: number[];
  }
}

/** The page's main thread, as Chromium accounts for it. */
export interface PageCost {
  /** Share of one core, percent. */
  readonly cpuPercent: number;
  /** What its scripts hold, garbage collected. */
  readonly heapMb: number;
}

/** Looks at the face in each frame: what it sees is what the next one shows. */
function watchMouth(): void {
  const CLOSED = 2;
  const HALF_OPEN = 5;
  window.benchMouth = [];
  let lips: SVGEllipseElement | null = null;
  let closed = false;
  const look = (): void => {
    lips ??=
      document
        .querySelector('ubizo-visitor-page')
        ?.shadowRoot?.querySelector('ubizo-voice-face')
        ?.shadowRoot?.querySelector('ubizo-face')
        ?.shadowRoot?.querySelector('ellipse') ?? null;
    const height = lips?.ry.baseVal.value ?? 0;
    if (lips && height < CLOSED) closed = true;
    if (closed && height >= HALF_OPEN) {
      closed = false;
      window.benchMouth.push(performance.timeOrigin + performance.now());
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A visitor who listens, with or without a face. */
export class FacePage {
  private readonly context: BrowserContext;
  private readonly page: Page;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  /** @param face whether there is one. @param watched its mouth and the sound are looked at, which costs more than they do. */
  static async open(
    browser: Browser,
    url: string,
    { face, watched }: { face: boolean; watched: boolean },
  ): Promise<FacePage> {
    // The ear's worklet is not from the box, which the page's own policy would forbid.
    const context = await browser.newContext({ locale: 'en-US', bypassCSP: true });
    const page = await context.newPage();
    await page.addInitScript((on) => localStorage.setItem('ubizo.face', on ? 'yes' : 'no'), face);
    if (watched) {
      await page.addInitScript(PAGE_EAR);
      await page.addInitScript(watchMouth);
    }
    await page.goto(url);
    await page.locator('button.listen').click();
    await page.locator('ubizo-voice-face').waitFor({ state: 'attached' });
    if (face) await page.locator('ubizo-face').waitFor();
    await page.waitForFunction(
      () =>
        (document.querySelector('ubizo-visitor-page')?.shadowRoot?.querySelector('audio')?.currentTime ?? 0) >
        0,
    );
    return new FacePage(context, page);
  }

  /** From each burst of sound in the page to its mouth, ms; null: it did not open for it. */
  async follow(bursts: number): Promise<readonly (number | null)[]> {
    const LONGEST_MS = 400;
    // The first ones find a page that is still busy with itself.
    const skip = 4;
    await this.page.waitForFunction(
      (count) => window.benchEar.heard.filter(({ kind }) => kind === 'burst').length > count,
      bursts + skip,
      { polling: 100, timeout: 0 },
    );
    const { heard, mouth } = await this.page.evaluate(() => ({
      heard: window.benchEar.heard,
      mouth: window.benchMouth,
    }));
    return heard
      .filter(({ kind }) => kind === 'burst')
      .slice(skip, skip + bursts)
      .map(({ at }) => {
        const opened = mouth.find((time) => time > at - 30 && time < at + LONGEST_MS);
        return opened === undefined ? null : Math.max(0, opened - at);
      });
  }

  /** On a processor that is `throttling` times slower, for `ms`. */
  async cost(throttling: number, ms: number): Promise<PageCost> {
    const session = await this.context.newCDPSession(this.page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttling });
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = await metric(session, 'TaskDuration');
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, ms));
    const spent = (await metric(session, 'TaskDuration')) - busy;
    const seconds = (performance.now() - began) / 1_000;
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    await session.send('HeapProfiler.collectGarbage');
    const heapMb = (await metric(session, 'JSHeapTotalSize')) / 2 ** 20;
    return { cpuPercent: (100 * spent) / seconds, heapMb };
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

async function metric(session: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === wanted)?.value ?? NaN;
}
