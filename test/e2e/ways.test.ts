import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { wavBytes } from '../microphone/wav-bytes.ts';
import { sine } from '../microphone/waveform.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box, REHEARSAL } from './box.ts';
import { longestBreakMs, toneDb } from './sound.ts';
import { Visitor } from './visitor.ts';
import { openPhoneDesk } from './phone-desk.ts';

const GUIDE_HZ = 440;
const SPANISH_HZ = 900;

/** Records what the page plays by Web Audio, and what its element plays that is no stream of WebRTC. */
function recordWays(): void {
  const heard: Window['heard'] = { rate: 48_000, blocks: [], stream: '' };
  window.heard = heard;
  const connect = Object.getOwnPropertyDescriptor(AudioNode.prototype, 'connect')?.value as (
    this: AudioNode,
    target: AudioNode,
  ) => AudioNode;
  const recorded = (source: AudioNode): void => {
    const recorder = (source.context as AudioContext).createScriptProcessor(1_024, 1, 1);
    recorder.onaudioprocess = (event) => heard.blocks.push(event.inputBuffer.getChannelData(0).slice());
    connect.call(source, recorder);
    connect.call(recorder, source.context.destination);
  };
  AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode) {
    if (target instanceof AudioDestinationNode) recorded(this);
    return connect.call(this, target);
  } as typeof AudioNode.prototype.connect;
  const play = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')?.value as (
    this: HTMLMediaElement,
  ) => Promise<void>;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement & { captureStream(): MediaStream }) {
    if (!this.srcObject && !this.dataset['recorded'] && /\.mp3/.test(this.src)) {
      this.dataset['recorded'] = 'yes';
      this.addEventListener('playing', () => {
        const context = new AudioContext({ sampleRate: 48_000 });
        recorded(context.createMediaStreamSource(this.captureStream()));
      });
    }
    return play.call(this);
  };
}

describe('a phone in a network without UDP', () => {
  let folder: string;
  let server: RealtimeServer;
  let box: Box;
  let browser: Browser;
  let code: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ubizo-ways-'));
    const path = join(folder, 'tone.wav');
    const channels = [sine({ hz: GUIDE_HZ, rate: 24_000, seconds: 20, amplitude: 0.4 })];
    await writeFile(path, wavBytes({ rate: 24_000, encoding: 's16', channels }));
    server = new RealtimeServer({ tone: () => SPANISH_HZ });
    await server.start();
    box = await Box.start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${path}#loop`,
      UBIZO_NOISE_GATE: 'off',
    });
    browser = await launchBrowser({ udp: false, capture: REHEARSAL });
    const tour = await box.createTour({ name: 'Old town', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    ({ code } = tour);
  });

  afterAll(async () => {
    await browser?.close();
    await box?.stop();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const byWay = async (way: string): Promise<number> => {
    const text = await (await fetch(`${box.url}/metrics`)).text();
    return Number(new RegExp(`ubizo_listeners_by_way\\{way="${way}"\\} (\\d+)`).exec(text)?.[1]);
  };

  /** How many phones there is a verdict on. */
  const judged = async (): Promise<number> => {
    const text = await (await fetch(`${box.url}/metrics`)).text();
    return [...text.matchAll(/ubizo_listeners_by_quality\{[^}]*\} (\d+)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  };

  it('hears over a WebSocket, steadily, and changes language on it', async () => {
    const visitor = await Visitor.open(browser, `${box.url}/j/${code}`, {
      prepare: async (page) => {
        await page.addInitScript(recordWays);
      },
    });
    await visitor.tap('English');
    await visitor.hears({ seconds: 4 });
    const heard = (await visitor.heard()).subarray(-48_000 * 2);
    expect(toneDb(heard, GUIDE_HZ)).toBeGreaterThan(-20);
    expect(longestBreakMs(heard)).toBeLessThan(1_000);
    expect(await byWay('socket')).toBe(1);
    await expect.poll(judged, { timeout: 30_000 }).toBe(1);
    await visitor.page.locator('ubizo-sound-mark').waitFor();
    await visitor.page.getByRole('button', { name: /Language: English/ }).click();
    await visitor.page.getByRole('radio', { name: 'Español' }).check({ force: true });
    await expect
      .poll(async () => toneDb((await visitor.heard()).subarray(-48_000), SPANISH_HZ), { timeout: 20_000 })
      .toBeGreaterThan(-40);
    await expect.poll(() => visitor.captions()).not.toBe('');
    await visitor.close();
    await expect.poll(() => byWay('socket')).toBe(0);
  });

  it('hears a plain stream, and reads, where no WebSocket passes either', async () => {
    const visitor = await Visitor.open(browser, `${box.url}/j/${code}`, {
      prepare: async (page: Page) => {
        await page.addInitScript(recordWays);
        await page.routeWebSocket(/./, (socket) => socket.close());
      },
    });
    await visitor.tap('Español');
    await visitor.hears({ seconds: 1 });
    expect(await byWay('mp3')).toBe(1);
    await expect
      .poll(async () => toneDb((await visitor.heard()).subarray(-48_000), SPANISH_HZ), { timeout: 20_000 })
      .toBeGreaterThan(-40);
    await expect.poll(() => visitor.captions()).toMatch(/\w/);
    await expect.poll(judged, { timeout: 30_000 }).toBe(1);
    await visitor.close();
  });

  it('is the guide’s microphone all the same', async () => {
    const tour = await box.createTour({ name: 'On the phone', floorLanguage: 'en', languages: ['es'] });
    const desk = await openPhoneDesk(browser, box);
    await desk.getByText('This phone is the microphone.').waitFor();
    expect((await box.tour(tour.id)).microphone.state).toBe('open');
    await desk.context().close();
  });
});
