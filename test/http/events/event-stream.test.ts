import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventEmitter } from 'node:events';
import type { TourDeskView } from '../../../appliance/protocol/views.ts';
import { type Event, problemOf, TestBox } from '../test-box.ts';

let box: TestBox;
let tour: TourDeskView;

beforeAll(async () => {
  box = await TestBox.start();
  tour = await box.createTour();
});

afterAll(() => box.stop());

/** A page that is told events over plain HTTP. */
class StreamPage {
  readonly told: { readonly name: string; readonly data: string }[] = [];
  over = false;
  private readonly path: string;
  private readonly shown: { readonly cookie?: string; readonly token?: string };
  private readonly changes = new EventEmitter();
  private readonly reading: AbortController = new AbortController();

  constructor(path: string, shown: { readonly cookie?: string; readonly token?: string } = {}) {
    this.path = path;
    this.shown = shown;
    void this.read();
  }

  async named(name: string, from = 0): Promise<string> {
    for (;;) {
      const found = this.told.slice(from).find((each) => each.name === name);
      if (found) return found.data;
      await once(this.changes, 'change');
    }
  }

  async event(matches: (event: Event) => boolean): Promise<Event> {
    for (;;) {
      const events = this.told.filter(({ name }) => name === 'message');
      const found = events.map(({ data }) => JSON.parse(data) as Event).find(matches);
      if (found) return found;
      await once(this.changes, 'change');
    }
  }

  async say(message: unknown): Promise<Response> {
    const path = `${this.path.replace(/\?.*/, '')}/${await this.named('stream')}`;
    return box.call(path, { method: 'POST', body: message, ...this.shown });
  }

  async ended(): Promise<void> {
    while (!this.over) await once(this.changes, 'change');
  }

  close(): void {
    this.reading.abort();
  }

  private async read(): Promise<void> {
    const response = await fetch(box.url + this.path, {
      headers: { ...(this.shown.cookie && { cookie: this.shown.cookie }), 'accept-encoding': 'gzip' },
      signal: this.reading.signal,
    });
    let text = '';
    try {
      for await (const bytes of response.body ?? []) {
        text += Buffer.from(bytes as Uint8Array).toString();
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) {
          const [, name = 'message'] = /^event: (.*)$/m.exec(block) ?? [];
          const [, data = ''] = /^data: ?(.*)$/m.exec(block) ?? [];
          this.told.push({ name, data });
        }
        this.changes.emit('change');
      }
    } catch {
      // Hung up.
    }
    this.over = true;
    this.changes.emit('change');
  }
}

describe('events over plain HTTP', () => {
  it('tell a visitor what the socket would, and take what a page says by POST', async () => {
    const { events, token } = await box.join(tour.code, 'es');
    const page = new StreamPage(events, { token });
    expect(await page.event(({ type }) => type === 'tour')).toMatchObject({ snapshot: true, language: 'es' });
    expect((await page.say({ type: 'language', language: 'fr' })).status).toBe(204);
    await page.event(({ type, language }) => type === 'tour' && language === 'fr');
    await page.say({ type: 'ping' });
    await page.event(({ type }) => type === 'pong');
    await page.say({ type: 'nonsense' });
    await page.event(({ type, code }) => type === 'error' && code === 'bad_request');
    page.close();
  });

  it('tell the guide’s desk, which mutes by POST', async () => {
    const page = new StreamPage(`/api/tours/${tour.id}/events`, { cookie: box.cookie });
    await page.event(({ type }) => type === 'tour');
    await page.say({ type: 'mute', muted: true });
    await page.event(({ changes }) => (changes as { muted?: boolean })?.muted === true);
    page.close();
  });

  it('are only named to who only asks what they are', async () => {
    const { events, token } = await box.join(tour.code, 'es');
    const response = await box.call(events, { method: 'HEAD', token });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const { attendees } = await box.guide(`/api/tours/${tour.id}`);
    const [, pass = ''] = token.split('.');
    const { id } = JSON.parse(Buffer.from(pass, 'base64url').toString()) as { id: string };
    expect(attendees.filter((each) => each.id === id)).toEqual([]);
  });

  it('take nobody else’s words', async () => {
    const { events, token } = await box.join(tour.code, 'es');
    const page = new StreamPage(events, { token });
    const stream = await page.named('stream');
    const other = await box.join(tour.code, 'es');
    const path = `/api/tours/${tour.id}/events/${stream}`;
    const body = { type: 'ping' };
    const refused = [
      await box.call(path, { method: 'POST', body, token: other.token }),
      await box.call(path, { method: 'POST', body, cookie: box.cookie }),
    ];
    for (const response of refused)
      expect(await problemOf(response)).toEqual({ status: 404, code: 'listener_not_found' });
    expect((await problemOf(await box.call(path, { method: 'POST', body }))).code).toBe('not_signed_in');
    page.close();
  });

  it('end for one who is removed, who is told why', async () => {
    const { events, token } = await box.join(tour.code, 'fr');
    const page = new StreamPage(events, { token });
    await page.event(({ type }) => type === 'tour');
    const { attendees } = await box.guide(`/api/tours/${tour.id}`);
    const one = attendees.find(({ language, connected }) => language === 'fr' && connected);
    await box.call(`/api/tours/${tour.id}/attendees/${one?.id}`, { method: 'DELETE', cookie: box.cookie });
    await page.event(({ code }) => code === 'attendee_removed');
    expect(await page.named('close')).toBe('4403');
    await page.ended();
  });

  it('end where many messages come at once', async () => {
    const { events, token } = await box.join(tour.code, 'es');
    const page = new StreamPage(events, { token });
    await page.event(({ type }) => type === 'tour');
    await Promise.all(Array.from({ length: 60 }, () => page.say({ type: 'ping' })));
    await page.ended();
    expect(await page.named('close')).toBe('1008');
  });
});
