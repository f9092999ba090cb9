import type { Browser, BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    /** When there was energy in what the page plays, ms since the epoch; the newest last. */
    loudAt: number[];
  }
}

/** A visitor's page and a meter on whatever it plays: an element fed by WebRTC or by a stream, or Web Audio. */
export class Ear {
  readonly page: Page;
  private readonly context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  static async open(browser: Browser, url: string): Promise<Ear> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 780 } });
    const page = await context.newPage();
    await page.addInitScript(listenToEverything);
    await page.goto(url);
    return new Ear(context, page);
  }

  /** Taps. @returns when, ms since the epoch. */
  async listen(): Promise<number> {
    await this.page.getByRole('radio', { name: 'English' }).check({ force: true });
    const button = this.page.getByRole('button', { name: /^Listen$/ });
    await button.waitFor();
    const at = Date.now();
    await button.click();
    return at;
  }

  /** When the first energy was heard from `since` on, ms since the epoch; nothing in `patienceMs`. */
  async hears(since: number, patienceMs: number): Promise<number | undefined> {
    try {
      const found = await this.page.waitForFunction(
        (since) => window.loudAt.find((at) => at >= since) ?? 0,
        since,
        { timeout: patienceMs, polling: 20 },
      );
      return await found.jsonValue();
    } catch {
      return undefined;
    }
  }

  /** Since when nothing has been heard for `ms`, ms since the epoch; nothing if it does not come to that. */
  async fallsSilent(
    since: number,
    { ms, patienceMs }: { ms: number; patienceMs: number },
  ): Promise<number | undefined> {
    try {
      const found = await this.page.waitForFunction(
        ({ since, ms }) => {
          const after = window.loudAt.filter((at) => at >= since);
          let last = since;
          for (const at of [...after, Date.now()]) {
            if (at - last >= ms) return last;
            last = at;
          }
          return 0;
        },
        { since, ms },
        { timeout: patienceMs, polling: 20 },
      );
      return await found.jsonValue();
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Runs in the page, before anything of it. */
function listenToEverything(): void {
  const LOUD = 0.003;
  window.loudAt = [];
  const meters = new Map<object, AnalyserNode>();
  const own = new Set<AudioNode>();
  const samples = new Float32Array(1_024);
  let context: AudioContext | undefined;
  const attach = (key: object, stream: MediaStream): void => {
    context ??= new AudioContext();
    void context.resume();
    const meter = context.createAnalyser();
    meter.fftSize = 1_024;
    const source = context.createMediaStreamSource(stream);
    source.connect(meter);
    own.add(meter);
    meters.set(key, meter);
  };
  // What the page sends to its loudspeaker by Web Audio is measured on its way.
  const connect = Reflect.get(AudioNode.prototype, 'connect') as (
    this: AudioNode,
    ...to: unknown[]
  ) => unknown;
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]): never {
    if (to[0] === this.context.destination) {
      const meter = this.context.createAnalyser();
      meter.fftSize = 1_024;
      connect.call(this, meter);
      meters.set(this, meter);
      // One for each scheduled frame: the oldest are over.
      for (const [key] of meters) if (meters.size > 40) meters.delete(key);
    }
    return connect.apply(this, to) as never;
  };
  const find = (root: Document | ShadowRoot): HTMLAudioElement | undefined => {
    const audio = root.querySelector('audio');
    if (audio) return audio;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return undefined;
  };
  let shown = '';
  setInterval(() => {
    const audio = find(document);
    const playing = audio && !audio.paused;
    if (playing && audio.srcObject instanceof MediaStream && audio.srcObject.id !== shown) {
      shown = audio.srcObject.id;
      attach(audio, audio.srcObject);
    } else if (playing && !audio.srcObject && audio.currentSrc !== shown) {
      const capture = Reflect.get(audio, 'captureStream') as () => MediaStream;
      const stream = capture.call(audio);
      if (stream.getAudioTracks().length > 0) {
        shown = audio.currentSrc;
        attach(audio, stream);
      }
    }
    for (const [key, meter] of meters) {
      if (key === audio && !playing) continue;
      meter.getFloatTimeDomainData(samples);
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      if (Math.sqrt(sum / samples.length) <= LOUD) continue;
      window.loudAt.push(Date.now());
      break;
    }
    if (window.loudAt.length > 20_000) window.loudAt.splice(0, 10_000);
  }, 20);
}
