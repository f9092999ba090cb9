import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tourDeskView } from '../../appliance/protocol/views.ts';
import { CHROMIUM, launchBrowser } from '../browser.ts';
import { Visitor } from '../e2e/visitor.ts';
import { BOX, Lab, type Phone, SETUP_CODE } from './lab.ts';
import { whyNot, within } from './namespaces.ts';

const CAN = whyNot() === undefined;

let lab: Lab;
let guide: Phone;
let phone: Phone;
let browser: Browser;

beforeAll(async () => {
  if (!CAN) return;
  lab = await Lab.open();
  await lab.startRadio();
  await lab.startAppliance();
  [guide, phone] = await Promise.all([lab.join(), lab.join()]);
  browser = await browserIn(phone.namespace);
});

afterAll(async () => {
  await browser?.close();
  await lab?.close();
});

/** Chromium as an app of that phone. */
function browserIn(namespace: string): Promise<Browser> {
  const program = join(lab.folder, 'chromium');
  writeFileSync(program, `#!/bin/sh\nexec ${within(namespace, [CHROMIUM]).join(' ')} "$@"\n`);
  chmodSync(program, 0o755);
  return launchBrowser({ program });
}

async function post(path: string, body: object, cookie = ''): Promise<{ body: string; cookie: string }> {
  const answer = await guide.machine.http(`http://${BOX}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    content: JSON.stringify(body),
  });
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.body}`);
  return { body: answer.body, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie };
}

async function startTour(): Promise<string> {
  const { cookie } = await post('/api/sign-in', { setupCode: SETUP_CODE });
  const made = await post('/api/tours', { name: 'Harbour', floorLanguage: 'en', languages: ['es'] }, cookie);
  const tour = tourDeskView.parse(JSON.parse(made.body));
  await post(`/api/tours/${tour.id}/start`, {}, cookie);
  expect(tour.joinUrl, 'as short as it can be, on the visitors’ side').toBe(`http://${BOX}/j/${tour.code}`);
  return tour.name;
}

describe.runIf(CAN)('a visitor’s phone', () => {
  it('asks whether it is online, is shown the portal, and ends up hearing the guide', async () => {
    const tour = await startTour();
    const visitor = await Visitor.open(browser, 'http://connectivitycheck.gstatic.com/generate_204', {
      locale: 'es-ES',
    });
    const { page } = visitor;
    expect(page.url()).toBe(`http://${BOX}/portal?on=android`);
    await page.getByRole('heading', { name: 'Te damos la bienvenida a la visita' }).waitFor();
    await page.getByRole('button', { name: 'Continuar' }).click();
    await page.getByText(`http://${BOX}`, { exact: true }).waitFor();
    const probe = await phone.machine.http('http://connectivitycheck.gstatic.com/generate_204');
    expect(probe.status, 'the system now believes that it is through').toBe(204);

    await page.getByRole('link', { name: 'Abrir la visita' }).click();
    await page.getByText(tour).first().click();
    expect(page.url()).toMatch(new RegExp(`^http://${BOX}/`));
    await visitor.listen('English');
    await visitor.hears({ seconds: 2 });
    await visitor.close();
  });

  it('is led to the tour by whatever its owner types, once it has continued', async () => {
    const context = await browser.newContext({ locale: 'de-DE' });
    const page = await context.newPage();
    await page.goto('http://anything.example/at/all');
    expect(page.url()).toMatch(new RegExp(`^http://${BOX}/(?!portal)`));
    await context.close();
  });

  it('is told at once when its owner types the address of a real site', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await expect(page.goto('https://www.example.org/', { timeout: 10_000 })).rejects.toThrow(
      /ERR_CONNECTION_REFUSED/,
    );
    await context.close();
  });
});
