import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { tourDeskView, type TourDeskView } from '../../../appliance/protocol/views.ts';
import { BoxProcess } from '../../box-process.ts';
import { launchBrowser } from '../../browser.ts';
import { Ear } from './ear.ts';
import { writeSteadySpeech } from './steady-speech.ts';
import { Street } from './street.ts';

/** Until a first visitor hears, ms. */
const FIRST_SOUND_MS = 30_000;

/** A real box with a tour whose guide never draws breath, and a phone on the street. */
export class TourOnStreet {
  readonly street: Street;
  private readonly folder: string;
  private readonly environment: Readonly<Record<string, string>>;
  private readonly browser: Browser;
  private box: BoxProcess;
  private tour: TourDeskView;

  private constructor(parts: {
    street: Street;
    folder: string;
    environment: Readonly<Record<string, string>>;
    browser: Browser;
    box: BoxProcess;
    tour: TourDeskView;
  }) {
    this.street = parts.street;
    this.folder = parts.folder;
    this.environment = parts.environment;
    this.browser = parts.browser;
    this.box = parts.box;
    this.tour = parts.tour;
  }

  static async begin(): Promise<TourOnStreet> {
    const folder = await mkdtemp(join(tmpdir(), 'ubizo-recovery-'));
    const speech = join(folder, 'speech.wav');
    await writeSteadySpeech(speech);
    const street = new Street();
    const environment = {
      UBIZO_DATA: join(folder, 'data'),
      UBIZO_HOST: '0.0.0.0',
      UBIZO_HTTP_PORT: String(await freePort()),
      UBIZO_NAMES: street.boxAddress,
      UBIZO_MICROPHONE: `file:${speech}#loop`,
    };
    const box = await BoxProcess.start(environment);
    const body = { name: 'Harbour', floorLanguage: 'en', languages: ['es'] };
    const made = await box.call('/api/tours', { method: 'POST', body });
    const tour = tourDeskView.parse(await made.json());
    await box.call(`/api/tours/${tour.id}/start`, { method: 'POST' });
    const browser = await launchBrowser({ program: street.browser });
    return new TourOnStreet({ street, folder, environment, browser, box, tour });
  }

  /** From this machine. */
  get url(): string {
    return this.box.url;
  }

  get code(): string {
    return this.tour.code;
  }

  get browserVersion(): string {
    return this.browser.version();
  }

  page(): Promise<Ear> {
    return Ear.open(
      this.browser,
      `${this.box.url.replace('127.0.0.1', this.street.boxAddress)}/j/${this.code}`,
    );
  }

  /** Who hears already. */
  async visitor(): Promise<Ear> {
    const ear = await this.page();
    const heard = await ear.hears(await ear.listen(), FIRST_SOUND_MS);
    if (heard === undefined) throw new Error('The visitor has heard nothing.');
    return ear;
  }

  /** As by the plug. @returns when it was switched on again, ms since the epoch. */
  async restartBox(): Promise<number> {
    const { guideCookie } = this.box;
    await this.box.kill();
    const startedAt = Date.now();
    this.box = BoxProcess.spawn(this.environment, guideCookie);
    await this.box.ready();
    return startedAt;
  }

  async mute(muted: boolean): Promise<void> {
    await this.box.call(`/api/tours/${this.tour.id}`, { method: 'PATCH', body: { muted } });
  }

  /** How many pages have told of. */
  async recoveries(): Promise<number> {
    const text = await (await this.box.call('/metrics')).text();
    return [...text.matchAll(/^ubizo_recoveries_total\{.*\} (\d+)$/gm)].reduce(
      (sum, [, number]) => sum + Number(number),
      0,
    );
  }

  async end(): Promise<void> {
    await this.browser.close();
    await this.box.stop();
    this.street.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}
