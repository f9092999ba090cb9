import type { Browser } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { launchBrowser } from '../browser.ts';
import { RealtimeServer } from '../realtime-server/realtime-server.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';
import { Visitor } from './visitor.ts';

/** Heard when the service speaks, and never from the box's own programs. */
const WORDS_OF_THE_SERVICE = /frase número/;
const OFTEN_WRONG = /se equivoca a menudo/;

async function serve(at = 0): Promise<RealtimeServer> {
  const server = new RealtimeServer({ port: at });
  await server.start();
  return server;
}

describe('a box with a key, whose Internet comes and goes', () => {
  let browser: Browser;
  let box: Box;
  let port: number;
  let tour: TourDeskView;
  const undos: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    const away = await serve();
    ({ port } = away);
    const { url } = away;
    await away.stop();
    browser = await launchBrowser();
    undos.push(() => browser.close());
    box = await Box.start({
      UBIZO_OPENAI_URL: url,
      OPENAI_API_KEY: 'sk-test',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    undos.push(() => box.stop());
    tour = await box.createTour({
      name: 'Norland Park',
      floorLanguage: 'en',
      languages: ['eo', 'es', 'ar'],
    });
    await box.step(tour.id, 'start');
  });

  afterEach(async () => {
    for (const undo of undos.splice(0).toReversed()) await undo();
  });

  it('interprets by itself meanwhile, says how well, and gives the word back to the service', async () => {
    const desk = await browser.newPage({ locale: 'en-GB' });
    await desk.goto(`${box.url}/guide`);
    await desk.getByLabel('Setup code').fill(SETUP_CODE);
    await desk.getByRole('button', { name: 'Guide a tour first' }).click();
    await desk.getByText('Norland Park').first().click();
    const row = desk.getByTestId('language-es');
    await row.getByText('translated', { exact: true }).waitFor();

    const visitor = await Visitor.open(browser, `${box.url}/j/${tour.code}`, { locale: 'eo' });
    const choices = visitor.page.getByRole('radio');
    expect(await choices.evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value))).toEqual([
      'en',
      'es',
      'ar',
      'eo',
    ]);
    const esperanto = visitor.page.locator('label').filter({ hasText: 'Esperanto' });
    expect(await esperanto.innerText()).toContain('the guide’s own voice');
    expect(await choices.first().isChecked(), 'never what nobody interprets').toBe(true);
    await visitor.listen('Español');

    await row.getByText('rough', { exact: true }).waitFor({ timeout: 15_000 });
    await row.getByText(/The translation service cannot be reached/).waitFor();
    // Of the languages that this visitor reads, the page has texts in Spanish.
    await visitor.page.getByText(OFTEN_WRONG).waitFor();
    await visitor.page
      .getByRole('log')
      .getByText(/egoísta|mujer|hombre/)
      .first()
      .waitFor({ timeout: 60_000 });

    const server = await serve(port);
    undos.push(() => server.stop());
    await row.getByText('translated', { exact: true }).waitFor({ timeout: 60_000 });
    await visitor.page.getByRole('log').getByText(WORDS_OF_THE_SERVICE).first().waitFor();
    await visitor.page.getByText(OFTEN_WRONG).waitFor({ state: 'detached' });
    await visitor.hears({ seconds: 3, above: 0.02 });

    const arabic = await Visitor.open(browser, `${box.url}/j/${tour.code}`);
    undos.push(() => arabic.close());
    await arabic.listen('العربية');
    await arabic.page
      .getByRole('log')
      .getByText(/الجملة/)
      .first()
      .waitFor();
    expect(server.sessionsFor('ar')[0]?.wire.name).toBe('conversation');
    await visitor.close();
  });
});
