import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Appliance } from '../../appliance/appliance.ts';
import { buildPages, pagesAreStale } from '../../appliance/http/page-build.ts';
import { silentLog } from '../../appliance/log.ts';
import { type QualityView, qualityView } from '../../appliance/protocol/quality-view.ts';
import type { NewTour } from '../../appliance/protocol/requests.ts';
import { tourDeskView, type TourDeskView } from '../../appliance/protocol/views.ts';
import { readSettings } from '../../appliance/settings.ts';

export const SETUP_CODE = 'SETUP234';

/** Recorded human speech: LibriVox readers, as they come with the product for rehearsals. */
export const REHEARSAL = fileURLToPath(
  new URL('../../appliance/microphone/recordings/rehearsal.wav', import.meta.url),
);

/** The real appliance on a free port with an empty data folder. */
export class Box {
  readonly appliance: Appliance;
  private readonly data: string;
  private cookie = '';

  private constructor(appliance: Appliance, data: string) {
    this.appliance = appliance;
    this.data = data;
  }

  static async start(environment: Record<string, string>): Promise<Box> {
    if (await pagesAreStale()) {
      const problem = await buildPages();
      if (problem !== undefined) throw new Error(problem);
    }
    const data = await mkdtemp(join(tmpdir(), 'ubizo-e2e-'));
    const settings = readSettings({
      UBIZO_DATA: data,
      UBIZO_HOST: '127.0.0.1',
      UBIZO_HTTP_PORT: '0',
      UBIZO_HTTPS_PORT: '0',
      UBIZO_SETUP_CODE: SETUP_CODE,
      ...environment,
    });
    const appliance = new Appliance({ settings, log: silentLog() });
    await appliance.start();
    const box = new Box(appliance, data);
    await box.signIn();
    return box;
  }

  get url(): string {
    return `http://127.0.0.1:${this.appliance.port}`;
  }

  async stop(): Promise<void> {
    await this.appliance.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  createTour(tour: NewTour): Promise<TourDeskView> {
    return this.call('POST', '/api/tours', tour);
  }

  tour(id: string): Promise<TourDeskView> {
    return this.call('GET', `/api/tours/${id}`);
  }

  step(id: string, step: 'start' | 'pause' | 'resume' | 'end'): Promise<TourDeskView> {
    return this.call('POST', `/api/tours/${id}/${step}`);
  }

  async quality(id: string): Promise<QualityView> {
    return qualityView.parse(await (await this.send('GET', `/api/tours/${id}/quality`)).json());
  }

  private async signIn(): Promise<void> {
    const response = await this.send('POST', '/api/sign-in', { setupCode: SETUP_CODE });
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  private async call(method: string, path: string, body?: object): Promise<TourDeskView> {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(await response.text());
    return tourDeskView.parse(await response.json());
  }

  private send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  }
}
