import type { Browser } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, afterAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box, REHEARSAL } from './box.ts';
import { launchBrowser } from '../browser.ts';
import { follows, envelope, toneDb } from './sound.ts';
import { Visitor } from './visitor.ts';

/** Each language answers with a tone of its own, so that what is heard says which channel it is. */
const TONES: Record<string, number> = { es: 500, fr: 800, de: 1_150, ja: 1_600 };
const NAMES: Record<string, string> = { es: 'Español', fr: 'Français', de: 'Deutsch', ja: '日本語' };

describe('a box with a model', () => {
  let browser: Browser;
  let server: RealtimeServer;
  let box: Box;
  let tour: TourDeskView;
  let visitors: Visitor[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    visitors = [];
    server = new RealtimeServer({ tone: (language) => TONES[language] });
    await server.start();
    box = await Box.start({
      UBIZO_INTERPRETER: 'openai',
      UBIZO_OPENAI_URL: server.url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    tour = await box.createTour({ name: 'Norland Park', floorLanguage: 'en', languages: Object.keys(TONES) });
    await box.step(tour.id, 'start');
  });

  afterEach(async () => {
    for (const visitor of visitors) await visitor.close();
    await box.stop();
    await server.stop();
  });

  async function visit(language: string): Promise<Visitor> {
    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    visitors.push(visitor);
    await visitor.listen(language);
    return visitor;
  }

  it('gives four languages at once to each visitor their own, and the guide to who wants the guide', async () => {
    const opened: [string, Visitor][] = [];
    for (const [language, name] of Object.entries(NAMES)) opened.push([language, await visit(name)]);
    const listener = await visit('English');
    await listener.plays(14);

    for (const [language, visitor] of opened) {
      const heard = await visitor.heard();
      const own = toneDb(heard, TONES[language] ?? 0);
      for (const [other, hz] of Object.entries(TONES)) {
        if (other !== language)
          expect(own - toneDb(heard, hz), `${other} in ${language}`).toBeGreaterThan(15);
      }
      expect(await visitor.captions(), language).not.toBe('');
    }
    const heard = envelope(await listener.heard(), { ms: 20, rate: 48_000 });
    const source = envelope(await wholeRecording(REHEARSAL), { ms: 20, rate: 24_000 });
    expect(follows(heard.slice(50, -10), source)).toBeGreaterThan(0.9);
    for (const hz of Object.values(TONES)) expect(toneDb(await listener.heard(), hz)).toBeLessThan(-35);
  });

  it('opens a language only while someone listens to it', async () => {
    expect(server.sessions).toHaveLength(0);
    await visit('Español');
    await server.until(() => server.sessionsFor('es').length === 1);
    expect(server.sessions).toHaveLength(1);
  });

  it('loses no word of the guide when the model’s connection drops, and the floor goes on', async () => {
    const spanish = await visit('Español');
    const listener = await visit('English');
    await server.until(() => (server.sessionsFor('es')[0]?.receivedSamples ?? 0) > 24_000 * 3);
    server.dropNow('es');
    // While the model is away the guide is heard, and the page says so.
    await spanish.page
      .getByText(/guide’s own voice/)
      .first()
      .waitFor();
    await server.until(() => (server.sessionsFor('es')[1]?.receivedSamples ?? 0) > 24_000 * 8);
    await spanish.page.getByText(/The translation is coming back/).waitFor({ state: 'detached' });

    const received = server
      .sessionsFor('es')
      .map(({ received }) => Buffer.from(received.buffer, received.byteOffset, received.byteLength));
    const first = received[0] ?? Buffer.alloc(0);
    const second = received[1] ?? Buffer.alloc(0);
    // The second session takes up inside what the first has had: what lies between is nothing.
    const joint = first.indexOf(second.subarray(0, 4_800));
    expect(joint).toBeGreaterThan(0);
    expect(second.subarray(0, first.length - joint).equals(first.subarray(joint))).toBe(true);

    const heard = envelope(await listener.heard(), { ms: 20, rate: 48_000 });
    const source = envelope(await wholeRecording(REHEARSAL), { ms: 20, rate: 24_000 });
    expect(follows(heard.slice(50, -10), source)).toBeGreaterThan(0.9);
  });

  it('tells the guide what to do when the key is refused, and does by itself what it can', async () => {
    server.refuseKey('upgrade');
    const spanish = await visit('Español');
    const german = await visit('Deutsch');
    await german.hears({ seconds: 2 });
    await spanish.page.getByText('it is often wrong').waitFor();
    const view = await box.tour(tour.id);
    const problem = { code: 'interpreter_key_refused' };
    expect(view.channels.find(({ language }) => language === 'de')).toMatchObject({
      state: 'floor',
      by: 'guide',
      problem,
    });
    expect(view.channels.find(({ language }) => language === 'es')).toMatchObject({ by: 'box', problem });
  });
});
