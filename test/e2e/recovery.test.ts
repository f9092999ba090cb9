import type { Browser, Page } from 'playwright-core';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { Ear } from '../bench/recovery/ear.ts';
import { launchBrowser } from '../browser.ts';
import { LossyNetwork, mayLose } from '../lossy-network.ts';
import { Box, REHEARSAL, SETUP_CODE } from './box.ts';

/** Longer than a pause in the guide's speech. */
const SILENT_MS = 2_500;
const PATIENCE_MS = 40_000;

describe.runIf(mayLose)('a phone whose network lets nothing through for a while', () => {
  let box: Box;
  let network: LossyNetwork;
  let browser: Browser;
  let desk: Page;
  let guides: Browser;
  let tour: TourDeskView;
  let ear: Ear;

  beforeAll(async () => {
    network = new LossyNetwork();
    box = await Box.start({
      UBIZO_HOST: '0.0.0.0',
      UBIZO_INTERPRETER: 'none',
      UBIZO_MICROPHONE: `file:${REHEARSAL}#loop`,
    });
    [browser, guides] = await Promise.all([launchBrowser({ program: network.browser }), launchBrowser()]);
    tour = await box.createTour({ name: 'Behind the wall', floorLanguage: 'en', languages: ['es'] });
    await box.step(tour.id, 'start');
    const context = await guides.newContext({ locale: 'en-GB' });
    await context.request.post(`${box.url}/api/sign-in`, { data: { setupCode: SETUP_CODE } });
    desk = await context.newPage();
    await desk.goto(`${box.url}/guide#${tour.id}`);
    ear = await Ear.open(browser, `${box.url.replace('127.0.0.1', network.boxAddress)}/j/${tour.code}`);
    expect(await ear.hears(await ear.listen(), PATIENCE_MS)).toBeDefined();
  });

  afterAll(async () => {
    await browser.close();
    await guides.close();
    await box.stop();
    network.close();
  });

  const recoveries = async (): Promise<string[]> => {
    const text = await (await fetch(`${box.url}/metrics`)).text();
    return text.match(/^ubizo_recoveries_total\{.*$/gm) ?? [];
  };

  it('does not take the guide’s silence for a loss', async () => {
    await desk.getByRole('button', { name: 'Mute', exact: true }).click();
    const mutedAt = Date.now();
    expect(await ear.fallsSilent(mutedAt, { ms: SILENT_MS, patienceMs: PATIENCE_MS })).toBeDefined();
    // As long as it takes to find a loss, twice: nothing is to happen.
    await wait(4_000);
    expect(await ear.page.getByTestId('connection').innerText()).toBe('Good connection');
    expect(await recoveries()).toEqual([]);
    await desk.getByRole('button', { name: /^(Unmute|Speak)/ }).click();
    expect(await ear.hears(Date.now(), PATIENCE_MS)).toBeDefined();
  });

  it('finds nothing wrong with itself while it hears', async () => {
    await ear.page.getByRole('button', { name: 'Something wrong?' }).click();
    const code = ear.page.locator('ubizo-phone-check .code b');
    await code.waitFor({ timeout: PATIENCE_MS });
    const findings = ear.page.locator('ubizo-phone-check li');
    await expect
      .poll(() => findings.evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['code'])))
      .toEqual(expect.arrayContaining(['B0', 'E0', 'U0', 'A0', 'C0', 'M9']));
    await ear.page.getByRole('button', { name: 'Close' }).click();
  });

  it('hears again without a tap, is counted by what mended it, and the guide’s desk goes on', async () => {
    network.lose(100);
    await ear.page
      .getByTestId('connection')
      .filter({ hasText: 'Reconnecting…' })
      .waitFor({ timeout: PATIENCE_MS });
    expect(await desk.getByTestId('tour-state').innerText()).toBe('LIVE');
    network.lose(0);
    expect(await ear.hears(Date.now() + 300, PATIENCE_MS)).toBeDefined();
    await ear.page
      .getByTestId('connection')
      .filter({ hasText: 'Good connection' })
      .waitFor({ timeout: PATIENCE_MS });
    await expect.poll(recoveries, { timeout: PATIENCE_MS }).not.toEqual([]);
    expect((await recoveries()).join('\n')).toMatch(/outcome="(back|another-way)"/);
    expect(await desk.getByTestId('tour-state').innerText()).toBe('LIVE');
    expect(await desk.getByRole('alert').count()).toBe(0);
  });
});
