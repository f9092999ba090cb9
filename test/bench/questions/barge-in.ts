import { on, once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { joinAnswer } from '../../../appliance/protocol/requests.ts';
import { tourDeskView } from '../../../appliance/protocol/views.ts';
import type { BoxProcess } from '../../box-process.ts';
import { Visitor } from '../../e2e/visitor.ts';
import { TalkingPhone } from '../../talkback/talking-phone.ts';

const GUIDE_HZ = 440;
const ASKER_HZ = 1_300;
/** A visitor's page that has been silent about the asker for so long hears them no more, ms. */
const SILENT_MS = 600;
/** The box tells the desk sooner than that, ms. */
const TOLD_MS = 20_000;

declare global {
  interface Window {
    /** When the asker was heard last in this page, ms since the epoch. */
    askerHeardAt: number;
  }
}

/** How long an asker is still heard in a listener's page once the guide speaks, by a guide and an asker with phones. */
export class BargeIns {
  private readonly guide = new TalkingPhone();
  private readonly asker = new TalkingPhone();
  private readonly sockets: WebSocket[] = [];
  private readonly box: BoxProcess;
  private readonly page: Page;
  private readonly desk: WebSocket;

  private constructor(parts: { box: BoxProcess; page: Page; desk: WebSocket }) {
    this.box = parts.box;
    this.page = parts.page;
    this.desk = parts.desk;
  }

  /** @param box one without a microphone of its own. */
  static async prepare(box: BoxProcess, browser: Browser): Promise<BargeIns> {
    const made = await box.call('/api/tours', {
      method: 'POST',
      body: { name: 'Bench', floorLanguage: 'en', languages: ['es'] },
    });
    const { id, code } = tourDeskView.parse(await made.json());
    await box.call(`/api/tours/${id}/start`, { method: 'POST', body: {} });
    const visitor = await Visitor.open(browser, `${box.url}/j/${code}`, {
      prepare: (page) => page.addInitScript(listenFor, ASKER_HZ).then(() => undefined),
    });
    const cookie = { cookie: box.guideCookie };
    const desk = await openSocket(`${box.url.replace('http', 'ws')}/api/tours/${id}/events`, cookie);
    const bench = new BargeIns({ box, page: visitor.page, desk });
    await bench.bring(bench.guide, `/whip/floor?tour=${id}`, cookie);
    const joined = await box.call('/api/join', { method: 'POST', body: { code, language: 'floor' } });
    const { token, events } = joinAnswer.parse(await joined.json());
    const asker = await openSocket(box.url.replace('http', 'ws') + events);
    bench.sockets.push(desk, asker);
    await bench.bring(bench.asker, `/whip/floor/ask?tour=${id}`, { authorization: `Bearer ${token}` });
    await visitor.tap('English');
    return bench;
  }

  /** Once: the asker is heard, then the guide speaks. @returns ms from there to the asker's last sound in the page. */
  async once(): Promise<number> {
    const [, asker] = this.sockets;
    this.asker.hz = ASKER_HZ;
    const queued = told(this.desk, (event) => event.type === 'floor' && (event.queue?.length ?? 0) > 0);
    asker?.send(JSON.stringify({ type: 'floor', act: 'request', to: 'all' }));
    await queued;
    const began = Date.now();
    const free = told(
      this.desk,
      (event) => event.type === 'floor' && !event.holder && event.queue?.length === 0,
    );
    this.desk.send(JSON.stringify({ type: 'floor', act: 'grant' }));
    await this.page.waitForFunction((since) => window.askerHeardAt > since + 500, began, { polling: 50 });
    const spoke = Date.now();
    this.guide.hz = GUIDE_HZ;
    await this.page.waitForFunction((ms) => Date.now() - window.askerHeardAt > ms, SILENT_MS, {
      polling: 50,
    });
    const silent = await this.page.evaluate(() => window.askerHeardAt);
    await free;
    this.guide.hz = 0;
    this.asker.hz = 0;
    return Math.max(0, silent - spoke);
  }

  async close(): Promise<void> {
    for (const each of this.sockets) each.close();
    await Promise.all([this.guide.close(), this.asker.close(), this.page.context().close()]);
  }

  private async bring(phone: TalkingPhone, path: string, who: Record<string, string>): Promise<void> {
    const answer = await fetch(this.box.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', ...who },
      body: await phone.client.offer(),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await phone.client.accept(await answer.text());
    await phone.client.connected();
    phone.start();
  }
}

async function openSocket(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers });
  await once(socket, 'open');
  return socket;
}

interface Told {
  readonly type: string;
  readonly holder?: object;
  readonly queue?: readonly object[];
}

/** @throws when it does not come: what the box refuses nobody waits for. */
async function told(socket: WebSocket, matches: (event: Told) => boolean): Promise<void> {
  for await (const [data] of on(socket, 'message', { signal: AbortSignal.timeout(TOLD_MS) }))
    if (matches(JSON.parse(String(data)) as Told)) return;
}

/** Runs in the page: looks every 4 ms whether the newest 10 ms of what it receives hold the pitch. */
function listenFor(hz: number): void {
  window.askerHeardAt = 0;
  RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener('track', ({ track }) => {
        const context = new AudioContext({ sampleRate: 48_000 });
        const analyser = new AnalyserNode(context, { fftSize: 512 });
        context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
        const newest = new Float32Array(analyser.fftSize);
        setInterval(() => {
          // The page connects before its first tap, which sound waits for.
          if (context.state === 'suspended') void context.resume();
          analyser.getFloatTimeDomainData(newest);
          let [sine, cosine] = [0, 0];
          for (const [at, sample] of newest.entries()) {
            // Without a window the guide's loud voice would pass for a faint one of the asker's.
            const windowed = sample * (1 - Math.cos((2 * Math.PI * at) / newest.length));
            sine += windowed * Math.sin((2 * Math.PI * hz * at) / 48_000);
            cosine += windowed * Math.cos((2 * Math.PI * hz * at) / 48_000);
          }
          if ((2 * Math.hypot(sine, cosine)) / newest.length > 0.01) window.askerHeardAt = Date.now();
        }, 4);
      });
    }
  };
}
