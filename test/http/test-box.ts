import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { Appliance } from '../../appliance/appliance.ts';
import type { Permission } from '../../appliance/http/route.ts';
import { type Log, type RecentLog, silentLog } from '../../appliance/log.ts';
import type { JoinAnswer, NewTour } from '../../appliance/protocol/requests.ts';
import { joinAnswer } from '../../appliance/protocol/requests.ts';
import { tourDeskView, type TourDeskView } from '../../appliance/protocol/views.ts';
import { readSettings } from '../../appliance/settings.ts';

export const SETUP_CODE = 'SETUP234';
export const OLD_TOWN: NewTour = { name: 'Old town', floorLanguage: 'en', languages: ['es', 'fr'] };

export interface Call {
  readonly method?: string;
  readonly body?: unknown;
  readonly cookie?: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

/** The real appliance on a free port and an empty data folder, without microphone and interpreter. */
export class TestBox {
  readonly data: string;
  cookie = '';
  private readonly environment: Record<string, string>;
  private readonly log: Log;
  private readonly recent: RecentLog | undefined;
  private running: Appliance;
  private readonly pages = new Set<Page>();

  private constructor(data: string, environment: Record<string, string>, log: Log, recent?: RecentLog) {
    this.running = appliance(data, environment, log, recent);
    this.recent = recent;
    this.data = data;
    this.environment = environment;
    this.log = log;
  }

  static async start(
    environment: Record<string, string> = {},
    log: Log = silentLog(),
    recent?: RecentLog,
  ): Promise<TestBox> {
    const data = await mkdtemp(join(tmpdir(), 'ubizo-http-'));
    const box = new TestBox(data, environment, log, recent);
    await box.running.start();
    box.cookie = await box.signIn();
    return box;
  }

  get url(): string {
    return `http://127.0.0.1:${this.running.port}`;
  }

  /** Who may call what, as the box has it. */
  get permissions(): readonly Permission[] {
    return this.running.permissions;
  }

  /** Where it answers over HTTPS. */
  get securePort(): number {
    return this.running.securePort ?? 0;
  }

  /** Switches the box off and on again with the same data, but for what `meanwhile` does to it. */
  async restart(
    environment: Record<string, string> = {},
    meanwhile: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.running.stop();
    await meanwhile();
    this.running = appliance(this.data, { ...this.environment, ...environment }, this.log, this.recent);
    await this.running.start();
  }

  async stop(): Promise<void> {
    for (const page of this.pages) page.close();
    await this.running.stop();
    await rm(this.data, { recursive: true, force: true });
  }

  /** The cookie of a guide who has just signed in. */
  async signIn(): Promise<string> {
    const response = await this.call('/api/sign-in', { method: 'POST', body: { setupCode: SETUP_CODE } });
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }

  call(path: string, { method = 'GET', body, cookie, token, headers }: Call = {}): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(body !== undefined && typeof body !== 'string' && { 'content-type': 'application/json' }),
        ...(cookie !== undefined && { cookie }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** A guide's call that answers with a tour. */
  async guide(path: string, method = 'GET', body?: unknown): Promise<TourDeskView> {
    const response = await this.call(path, { method, body, cookie: this.cookie });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return tourDeskView.parse(await response.json());
  }

  createTour(tour: NewTour = OLD_TOWN): Promise<TourDeskView> {
    return this.guide('/api/tours', 'POST', tour);
  }

  async join(code: string, language: string): Promise<JoinAnswer> {
    const response = await this.call('/api/join', { method: 'POST', body: { code, language } });
    if (!response.ok) throw new Error(await response.text());
    return joinAnswer.parse(await response.json());
  }

  attendeePage({ events }: JoinAnswer): Page {
    return this.page(events);
  }

  /** Of somebody who has not joined. */
  visitorsPage(): Page {
    return this.page('/api/live/events');
  }

  guidePage(tour: string): Page {
    return this.page(`/api/tours/${tour}/events`, { cookie: this.cookie });
  }

  private page(path: string, headers: Record<string, string> = {}): Page {
    const page = new Page(this.url.replace('http', 'ws') + path, headers);
    this.pages.add(page);
    return page;
  }
}

export type Event = { readonly type: string } & Record<string, unknown>;

/** A page's events socket. */
export class Page {
  readonly events: Event[] = [];
  closeCode: number | undefined;
  private readonly socket: WebSocket;
  private readonly changes = new EventEmitter();

  constructor(url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, { headers });
    this.socket.on('message', (data: Buffer) => {
      this.events.push(JSON.parse(data.toString()) as Event);
      this.changes.emit('change');
    });
    this.socket.on('error', () => undefined);
    this.socket.on('close', (code) => {
      this.closeCode = code;
      this.changes.emit('change');
    });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The first event, from the `from`th on, that `matches`; there already or coming. */
  async event(matches: (event: Event) => boolean, from = 0): Promise<Event> {
    for (;;) {
      const found = this.events.slice(from).find(matches);
      if (found) return found;
      await once(this.changes, 'change');
    }
  }

  snapshot(from = 0): Promise<Event> {
    return this.event(({ type }) => type === 'tour', from);
  }

  async closed(): Promise<number> {
    while (this.closeCode === undefined) await once(this.changes, 'change');
    return this.closeCode;
  }

  close(): void {
    this.socket.terminate();
  }
}

/** What an error answer says. */
export async function problemOf(response: Response): Promise<{ status: number; code: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  if (!/[.?]$/.test(error.message)) throw new Error(`Not a sentence: ${error.message}`);
  return { status: response.status, code: error.code };
}

function appliance(
  data: string,
  environment: Record<string, string>,
  log: Log,
  recent?: RecentLog,
): Appliance {
  const settings = readSettings({
    UBIZO_DATA: data,
    UBIZO_HOST: '127.0.0.1',
    UBIZO_HTTPS_PORT: '0',
    UBIZO_HTTP_PORT: '0',
    UBIZO_SETUP_CODE: SETUP_CODE,
    UBIZO_MICROPHONE: 'none',
    UBIZO_INTERPRETER: 'none',
    ...environment,
  });
  return new Appliance({ settings, log, ...(recent && { recent }) });
}
