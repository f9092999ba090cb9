import type { Browser, BrowserContext, Page } from 'playwright-core';
import { recorded } from './recorders.ts';

declare global {
  interface Window {
    /** What the page's audio element has played since {@link Visitor.listen}, mono, at `rate`. */
    heard: { rate: number; blocks: Float32Array[]; stream: string };
  }
}

/** A visitor with a browser of their own, and a recorder on what comes out of their page's audio element. */
export class Visitor {
  readonly page: Page;
  private readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async open(
    browser: Browser,
    url: string,
    {
      locale = 'en-GB',
      prepare,
    }: {
      locale?: string;
      /** Before the page is opened. */
      prepare?: (page: Page) => Promise<void>;
    } = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({ locale, viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    await prepare?.(page);
    await arrive(page, url);
    return new Visitor(context, page);
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** @param language its name in its own script, as on the page. */
  async listen(language: string): Promise<void> {
    await this.tap(language);
    await this.record();
  }

  /** As {@link listen}, without the recorder. */
  async tap(language: string): Promise<void> {
    await this.choose(language);
    await this.page.getByRole('button', { name: /^(Listen|Escuchar)$/ }).click();
  }

  /** The captions alone. */
  async read(language: string): Promise<void> {
    await this.choose(language);
    await this.page.getByRole('button', { name: 'Read only' }).click();
  }

  private async choose(language: string): Promise<void> {
    // Not the drawn entrance, which may give way between two steps of the driver.
    await this.page.locator('ubizo-choose-language').waitFor({ state: 'attached' });
    // The radio itself is under its label's words.
    await this.page.getByRole('radio', { name: language }).check({ force: true });
  }

  /** Everything played so far, as 16-bit samples at 48 kHz. */
  heard(): Promise<Int16Array> {
    return recorded(this.page);
  }

  /** Resolves once this much sound above the given loudness has been played, and says how long that took. */
  async hears({ seconds, above = 0.003 }: { seconds: number; above?: number }): Promise<void> {
    await this.page.waitForFunction(
      ({ seconds, above }) => {
        const { rate, blocks } = window.heard;
        const loud = blocks.filter(
          (block) => Math.sqrt(block.reduce((sum, s) => sum + s * s, 0) / block.length) > above,
        );
        return loud.reduce((sum, block) => sum + block.length, 0) / rate >= seconds;
      },
      { seconds, above },
      { timeout: 60_000, polling: 100 },
    );
  }

  /** Seconds played so far, silence included. */
  played(): Promise<number> {
    return this.page.evaluate(
      () => window.heard.blocks.reduce((sum, block) => sum + block.length, 0) / window.heard.rate,
    );
  }

  async plays(seconds: number): Promise<void> {
    await this.page.waitForFunction(
      (seconds) =>
        window.heard.blocks.reduce((sum, block) => sum + block.length, 0) / window.heard.rate >= seconds,
      seconds,
      { timeout: 60_000, polling: 100 },
    );
  }

  captions(): Promise<string> {
    return this.page.getByLabel('Captions').innerText();
  }

  /** The page makes a new connection by itself; from then on that is what is recorded. */
  async comesBack(): Promise<void> {
    await this.record(await this.page.evaluate(() => window.heard.stream));
  }

  private async record(lost = ''): Promise<void> {
    await this.page.waitForFunction(
      (lost) => {
        const find = (root: Document | ShadowRoot): HTMLAudioElement | undefined => {
          const own = root.querySelector('audio');
          if (own) return own;
          for (const element of root.querySelectorAll('*')) {
            const inner = element.shadowRoot && find(element.shadowRoot);
            if (inner) return inner;
          }
          return undefined;
        };
        const audio = find(document);
        // Not a stream alone: it must be playing, or a phone would be silent.
        if (!(audio?.srcObject instanceof MediaStream) || audio.paused) return false;
        const stream = audio.srcObject.id;
        if (stream === lost) return false;
        const context = new AudioContext({ sampleRate: 48_000 });
        const source = context.createMediaStreamSource(audio.srcObject);
        const recorder = context.createScriptProcessor(1_024, 1, 1);
        const heard: Window['heard'] = { rate: context.sampleRate, blocks: [], stream };
        recorder.onaudioprocess = (event) => heard.blocks.push(event.inputBuffer.getChannelData(0).slice());
        source.connect(recorder);
        recorder.connect(context.destination);
        window.heard = heard;
        return true;
      },
      lost,
      { timeout: 30_000, polling: 50 },
    );
  }
}

/** A phone's addresses may settle just then, and its browser ends what was asked meanwhile: people try again. */
async function arrive(page: Page, url: string): Promise<void> {
  await page.goto(url).catch((error: unknown) => {
    if (!String(error).includes('ERR_NETWORK_CHANGED')) throw error;
    return page.goto(url);
  });
}
