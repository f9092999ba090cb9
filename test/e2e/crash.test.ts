import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages, pagesAreStale } from '../../appliance/http/page-build.ts';
import type { TourDeskView, TranscriptsView } from '../../appliance/protocol/views.ts';
import { BoxProcess } from '../box-process.ts';
import { launchBrowser } from '../browser.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { REHEARSAL } from './box.ts';
import { toneDb } from './sound.ts';
import { Visitor } from './visitor.ts';

const TONES: Record<string, number> = { es: 500, fr: 900 };
const TOUR = { name: 'Norland Park', floorLanguage: 'en', languages: ['es', 'fr'] };

describe('a box whose power is cut in mid-tour', () => {
  let data: string;
  let environment: Record<string, string>;
  let server: RealtimeServer;
  let browser: Browser;
  let box: BoxProcess;
  let tour: TourDeskView;

  beforeAll(async () => {
    if (await pagesAreStale()) {
      const problem = await buildPages();
      if (problem !== undefined) throw new Error(problem);
    }
    data = await mkdtemp(join(tmpdir(), 'ubizo-crash-'));
    server = new RealtimeServer({ tone: (language) => TONES[language] });
    await server.start();
    environment = {
      UBIZO_DATA: data,
      UBIZO_HTTP_PORT: String(await freePort()),
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
      UBIZO_LOG: 'trace',
    };
    browser = await launchBrowser();
    box = await BoxProcess.start(environment);
    tour = await answer(box.call('/api/tours', { method: 'POST', body: TOUR }));
    await box.call(`/api/tours/${tour.id}/start`, { method: 'POST' });
  });

  afterAll(async () => {
    await browser.close();
    await box.stop();
    await server.stop();
    await rm(data, { recursive: true, force: true });
  });

  const transcript = async (language: string): Promise<string> =>
    (await box.call(`/api/tours/${tour.id}/transcripts/${language}?format=txt`)).text();

  it('is live again, and its visitors hear and read on in the language they had switched to', async () => {
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await visitor.listen('Español');
    await visitor.hears({ seconds: 1 });
    await visitor.page.getByRole('button', { name: /Language: Español/ }).click();
    await visitor.page.getByRole('radio', { name: 'Français' }).check({ force: true });
    await expectCaption(visitor, /Ceci est la phrase/);
    const readBefore = await lastLine(visitor);
    const writtenBefore = await transcript('fr');
    const sessionsBefore = server.sessions.length;
    let microphone = (await answer<TourDeskView>(box.call(`/api/tours/${tour.id}`))).microphone;

    await box.kill();
    const cutAt = performance.now();
    box = await BoxProcess.start(environment, box.guideCookie);
    const again = await answer<TourDeskView>(box.call(`/api/tours/${tour.id}`));
    const liveAfterMs = performance.now() - cutAt;
    expect(again.state).toBe('live');
    expect(again.microphone.id).toBe(microphone.id);

    // Nobody touches the phone.
    await visitor.comesBack();
    await visitor.hears({ seconds: 2 });
    const heardAfterMs = performance.now() - cutAt;
    // Until the translation is there they hear the guide: the last second is French, sooner or later.
    const french = async (): Promise<number> => {
      const last = (await visitor.heard()).subarray(-48_000);
      return toneDb(last, TONES['fr'] ?? 0) - toneDb(last, TONES['es'] ?? 0);
    };
    await expect.poll(french, { timeout: 40_000, interval: 250 }).toBeGreaterThan(15);
    expect(await visitor.page.getByRole('button', { name: /Language: Français/ }).count()).toBe(1);
    microphone = (await answer<TourDeskView>(box.call(`/api/tours/${tour.id}`))).microphone;
    expect(microphone.state).toBe('open');
    const languages = server.sessions.slice(sessionsBefore).map((session) => session.language);
    expect(new Set(languages), 'nobody pays for the language of the join').toEqual(new Set(['fr']));

    await expectNewLine(visitor, readBefore);
    const shown = await visitor.captions();
    expect(shown, 'what was read before is still there').toContain(readBefore);
    const late = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    await late.listen('Français');
    // Sound and captions come by different ways.
    await expect
      .poll(() => late.captions(), { timeout: 20_000, message: 'also for who comes now' })
      .toContain(readBefore);

    const written = await transcript('fr');
    expect(written.startsWith(writtenBefore.trimEnd())).toBe(true);
    expect(written.length).toBeGreaterThan(writtenBefore.length);
    expect(written).toContain(readBefore);
    // The guide's own words come by a line of their own, and later.
    const languagesWritten = async (): Promise<string[]> =>
      (await answer<TranscriptsView>(box.call(`/api/tours/${tour.id}/transcripts`))).transcripts.map(
        ({ language }) => language,
      );
    await expect.poll(languagesWritten, { timeout: 20_000 }).toContain('en');
    console.log(`live after ${liveAfterMs.toFixed(0)} ms, heard after ${heardAfterMs.toFixed(0)} ms`);
    await visitor.close();
    await late.close();
  });
});

async function answer<T>(call: Promise<Response>): Promise<T> {
  const response = await call;
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

async function freePort(): Promise<number> {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  holder.close();
  await once(holder, 'close');
  return port;
}

async function expectCaption(visitor: Visitor, text: RegExp): Promise<void> {
  await visitor.page.getByLabel('Captions').locator('p.final', { hasText: text }).first().waitFor();
}

async function lastLine(visitor: Visitor): Promise<string> {
  return visitor.page.getByLabel('Captions').locator('p.final', { hasText: 'phrase' }).last().innerText();
}

/** A line that was not there comes behind the one that was the last. */
async function expectNewLine(visitor: Visitor, last: string): Promise<void> {
  await visitor.page
    .getByLabel('Captions')
    .locator(`p:has-text("${last}") ~ p.final`)
    .first()
    .waitFor({ timeout: 30_000 });
}
