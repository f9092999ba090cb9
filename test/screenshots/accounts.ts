import type { Browser, Page } from 'playwright-core';
import type { TourDeskView } from '../../appliance/protocol/views.ts';
import { ARABIC_PHONE, BOTH, open, PHONE, SETUP_CODE, SIZES, take } from './looks.ts';
import { visit } from './tour.ts';
import { overPlainHttp } from '../plain-http.ts';

const OWNER = { email: 'owner@example.org', password: 'a stone bridge' };

/** The claim of a new box, step by step. @returns the owner's page. */
export async function takeClaim(browser: Browser, url: string): Promise<Page> {
  const pages: Page[] = [];
  for (const look of BOTH) {
    const page = await (await open(browser, url, look)).newPage();
    pages.push(page);
    await page.goto('/guide');
    await page.getByLabel('Setup code').waitFor();
    await take(page, 'guide-setup-code', look);
    await page.getByLabel('Setup code').fill(SETUP_CODE);
    await page.getByRole('button', { name: 'Make it mine' }).click();
    await page.getByLabel('Email address').fill(OWNER.email);
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    for (const step of ['account', 'name', 'key', 'limits']) {
      await take(page, `guide-claim-${step}`, look);
      if (step === 'limits') break;
      await page.getByRole('button', { name: /Next|Skip for now/ }).click();
    }
  }
  const owner = pages.at(-1);
  if (!owner) throw new Error('No page.');
  await owner.getByRole('button', { name: 'Finish' }).click();
  await owner.locator('ubizo-next-steps').waitFor();
  for (const look of BOTH) {
    await owner.setViewportSize(SIZES[look.size]);
    await take(owner, 'guide-next-steps', look, { whole: true });
  }
  return owner;
}

/** A box that has an owner, seen by who comes to it. */
export async function takeSignIn(browser: Browser, url: string): Promise<void> {
  for (const look of [...BOTH, ARABIC_PHONE]) {
    const page = await (await open(browser, url, look)).newPage();
    await page.goto('/guide');
    await page.locator('#email').waitFor();
    await take(page, 'guide-sign-in', look, { whole: true });
    await page.locator('#email').fill(`${look.size}-${look.locale}@example.org`);
    await page.locator('#password-input').fill(OWNER.password);
    await page.locator('button.main').click();
    await page.locator('ubizo-new-account').waitFor();
    await take(page, 'guide-new-account', look, { whole: true });
    await page.locator('ubizo-new-account button.main').click();
    await page.locator('ubizo-waiting-card').waitFor();
    await take(page, 'guide-waiting', look, { whole: true });
    await overPlainHttp(page);
    await page.reload();
    await page.locator('ubizo-secure-page').waitFor();
    await take(page, 'guide-secure-page', look, { whole: true });
    await page.context().close();
  }
}

export async function takeOwner(owner: Page): Promise<void> {
  for (const look of BOTH) {
    await owner.setViewportSize(SIZES[look.size]);
    for (const [place, shown] of [
      ['', 'ubizo-tour-list li'],
      ['accounts', 'ubizo-account-list li'],
      ['device', 'ubizo-device-settings #name'],
      ['account', 'ubizo-own-account #name'],
      ['box', 'ubizo-box-state section'],
    ] as const) {
      await owner.goto(`/guide#${place}`);
      await owner.locator(shown).first().waitFor();
      await take(owner, `guide-${place || 'tours-owner'}`, look, { whole: true });
    }
  }
}

/** A tour with an entry code, a visitor who is removed, and its end. */
export async function takeStrangers(browser: Browser, url: string, owner: Page, id: string): Promise<void> {
  const made = await owner.context().request.post('/api/tours', {
    data: { name: 'Cathedral roof', floorLanguage: 'en', languages: ['es', 'fr'], entryCode: 'LION' },
  });
  const { code } = (await made.json()) as { code: string };
  for (const look of [PHONE, ARABIC_PHONE]) {
    const page = await (await open(browser, url, look)).newPage();
    await page.goto(`/j/${code}`);
    await page.locator('button.listen').click();
    await page.locator('#entry-code').waitFor();
    await take(page, 'visitor-entry-code', look, { whole: true });
  }
  const desk = `/api/tours/${id}`;
  const { code: openCode, attendees } = (await (
    await owner.context().request.get(desk)
  ).json()) as TourDeskView;
  const visitor = await visit(browser, url, { code: openCode, language: 'es', lines: 0, look: PHONE });
  const now = (await (await owner.context().request.get(desk)).json()) as TourDeskView;
  const newest = now.attendees.find((one) => !attendees.some((old) => old.id === one.id));
  await owner.context().request.delete(`${desk}/attendees/${newest?.id ?? ''}`);
  await visitor.getByText('Your guide has taken you off this tour.').waitFor();
  await take(visitor, 'visitor-removed', PHONE);

  await owner.goto(`/guide#${id}`);
  await owner.getByRole('button', { name: 'End tour' }).click();
  await owner.getByRole('button', { name: 'Yes, end it' }).click();
  await owner.getByTestId('transcript-es').waitFor();
  for (const look of BOTH) {
    await owner.setViewportSize(SIZES[look.size]);
    await take(owner, 'guide-desk-ended', look, { whole: true });
  }
}
