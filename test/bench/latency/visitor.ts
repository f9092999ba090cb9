import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PAGE_EAR, type HeardSound } from './page-ear.ts';

declare global {
  interface Window {
    benchTap: (x: number, y: number) => Promise<void>;
  }
}

/** What a visitor's page heard; times in ms since the epoch. */
export interface Heard {
  readonly openedAt: number;
  readonly tappedAt: number;
  readonly sounds: readonly HeardSound[];
  /** When the first line of captions was drawn, if one was. */
  readonly captionAt: number | undefined;
  readonly outputLatencyMs: number;
  /** How long a sample waited in the jitter buffer, in the mean since the connection began. */
  readonly jitterBufferMs: number;
}

/** A phone that has never been here: no cache, no cookie. It opens the page and taps Listen as soon as it can. */
export class Visitor {
  private readonly context: BrowserContext;
  private readonly page: Page;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async open(browser: Browser, url: string): Promise<Visitor> {
    // The ear's worklet is not from the box, which the page's own policy would forbid.
    const context = await browser.newContext({ locale: 'en-US', bypassCSP: true });
    const page = await context.newPage();
    const { tapped } = await tapOnSight(page);
    await page.addInitScript(PAGE_EAR);
    await page.goto(url, { waitUntil: 'commit' });
    await tapped;
    return new Visitor(context, page);
  }

  /** Resolves once there is sound. */
  async hears(): Promise<void> {
    await this.page.waitForFunction(() => window.benchEar.heard.length > 0, undefined, { polling: 50 });
  }

  /** Resolves once there are captions. */
  async reads(): Promise<void> {
    await this.page.waitForFunction(() => window.benchEar.captionAt !== undefined, undefined, {
      polling: 50,
    });
  }

  async heard(): Promise<Heard> {
    return this.page.evaluate(async () => {
      const { tappedAt = NaN, heard, captionAt, outputLatencyMs, peer } = window.benchEar;
      let jitterBufferMs = NaN;
      for (const [, entry] of (await peer?.getStats()) ?? []) {
        const { type, jitterBufferDelay, jitterBufferEmittedCount } = entry as RTCInboundRtpStreamStats;
        if (type === 'inbound-rtp' && jitterBufferEmittedCount)
          jitterBufferMs = (1_000 * (jitterBufferDelay ?? NaN)) / jitterBufferEmittedCount;
      }
      const openedAt = performance.timeOrigin;
      return { openedAt, tappedAt, sounds: heard, captionAt, outputLatencyMs, jitterBufferMs };
    });
  }

  /** The browser's clock less this process's, ms: the shortest of several round trips bounds it. */
  async clockDifference(): Promise<{ readonly least: number; readonly most: number }> {
    let least = -Infinity;
    let most = Infinity;
    for (let i = 0; i < 20; i++) {
      const asked = performance.timeOrigin + performance.now();
      const there = await this.page.evaluate(() => performance.timeOrigin + performance.now());
      const answered = performance.timeOrigin + performance.now();
      least = Math.max(least, there - answered);
      most = Math.min(most, there - asked);
    }
    return { least, most };
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

/**
 * Taps as soon as there is something to tap: the page says in which frame it has a Listen button and where, and the tap
 * is sent there as the browser's own input, without the driver's round trips and the frames for which it waits until
 * nothing moves: on a page that is there in 100 ms they would be most of what is measured.
 */
async function tapOnSight(page: Page): Promise<{ readonly tapped: Promise<void> }> {
  const input = await page.context().newCDPSession(page);
  const { promise: tapped, resolve, reject } = Promise.withResolvers<void>();
  await page.exposeFunction('benchTap', (x: number, y: number) => {
    const touch = { x, y, button: 'left', clickCount: 1 } as const;
    Promise.all([
      input.send('Input.dispatchMouseEvent', { ...touch, type: 'mousePressed' }),
      input.send('Input.dispatchMouseEvent', { ...touch, type: 'mouseReleased' }),
    ]).then(() => resolve(), reject);
  });
  await page.addInitScript(() => {
    const find = (root: ParentNode): Element | undefined => {
      const own = root.querySelector('button.listen');
      if (own) return own;
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        const inner = shadowRoot && find(shadowRoot);
        if (inner) return inner;
      }
      return undefined;
    };
    const look = (): void => {
      const box = find(document)?.getBoundingClientRect();
      if (box && box.height > 0) void window.benchTap(box.x + box.width / 2, box.y + box.height / 2);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return { tapped };
}
