import type { Browser, Page } from 'playwright-core';
import { type Box, SETUP_CODE } from '../box.ts';
import { overPlainHttp } from '../../plain-http.ts';

const OWNER = { email: 'owner@example.org', password: 'a stone bridge' };
/** As long as names of tours become, and one word that fits no narrow phone. */
const TOUR = {
  name: 'Donaudampfschifffahrtsgesellschaft and the old town on foot',
  floorLanguage: 'en',
  languages: ['es', 'ca', 'pt-BR', 'id'],
};

interface Sight {
  readonly page: Page;
  /** The part of the page that this is about, after its folder in `ui/`. */
  readonly name: string;
}

export interface Journey {
  readonly browser: Browser;
  /** Without an owner, and with nothing on it. */
  readonly box: Box;
  readonly locale: string;
  readonly see: (sight: Sight) => Promise<void>;
}

/** Every page of the box in one language, in the order in which a new box shows them. */
export class EveryPage {
  private readonly journey: Journey;

  constructor(journey: Journey) {
    this.journey = journey;
  }

  async visit(): Promise<void> {
    await this.seePortal();
    const owner = await this.claim();
    await this.seeCode();
    const { code, id } = await this.makeTour(owner, TOUR);
    await this.seeGuide(owner, id);
    await this.seeVisitor(owner, { code, id });
    await this.seeStrangers();
  }

  private async open(path: string): Promise<Page> {
    const { browser, box, locale } = this.journey;
    const context = await browser.newContext({
      baseURL: box.url,
      locale,
      viewport: { width: 320, height: 640 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(path);
    return page;
  }

  private async see(page: Page, name: string, shown?: string): Promise<void> {
    if (shown !== undefined) await page.locator(shown).first().waitFor();
    await this.journey.see({ page, name });
  }

  private async seePortal(): Promise<void> {
    const page = await this.open('/portal?on=android');
    await this.see(page, 'portal');
    await page.locator('summary').click();
    await this.see(page, 'portal-languages');
    await page.locator('button').click();
    await this.see(page, 'portal-after', '.code');
    await page.context().close();
  }

  private async claim(): Promise<Page> {
    const page = await this.open('/guide');
    await this.see(page, 'guide-setup-code', '#code');
    await page.locator('#code').fill(SETUP_CODE);
    await page.locator('button.main').click();
    await page.locator('#email').fill(OWNER.email);
    await page.locator('#password-input').fill(OWNER.password);
    const wizard = page.locator('ubizo-claim-wizard');
    const step = wizard.locator('.head p');
    await step.waitFor();
    for (let at = 1; (await wizard.count()) > 0; at++) {
      await this.see(page, `guide-claim-${at}`);
      const before = await step.innerText();
      await wizard.locator('button[type=submit]').click();
      await step.filter({ hasText: before }).waitFor({ state: 'detached' });
    }
    await page.locator('ubizo-site-menu').waitFor();
    return page;
  }

  private async makeTour(owner: Page, tour: object): Promise<{ code: string; id: string }> {
    const made = await owner.context().request.post('/api/tours', { data: tour });
    return (await made.json()) as { code: string; id: string };
  }

  private async seeGuide(owner: Page, id: string): Promise<void> {
    for (const [place, shown] of [
      ['', 'ubizo-tour-list li'],
      ['new', 'ubizo-tour-form #name'],
      ['accounts', 'ubizo-account-list li'],
      ['device', 'ubizo-device-settings #name'],
      ['account', 'ubizo-own-account #name'],
      ['box', 'ubizo-box-state section'],
    ] as const) {
      await owner.goto(`/guide#${place}`);
      await owner.reload();
      await this.see(owner, `guide-${place || 'tours'}`, shown);
    }
    await owner.goto(`/guide#${id}`);
    await this.see(owner, 'guide-desk-ready', '[data-testid=tour-state]');
    await owner.locator('ubizo-state-panel button.main').first().click();
    await this.see(owner, 'guide-desk-live', 'ubizo-state-panel .end');
    for (const tab of ['questions', 'people', 'more']) {
      await owner.locator(`#tab-${tab}`).click();
      await this.see(owner, `guide-desk-${tab}`, `#panel-${tab}`);
    }
  }

  /** While there is no tour: with one, the box's own address leads to it. */
  private async seeCode(): Promise<void> {
    const asking = await this.open('/?');
    await this.see(asking, 'visitor-code', '#code');
    await asking.locator('#code').fill('ABC');
    await asking.locator('form button').click();
    await this.see(asking, 'visitor-code-wrong', '[role=alert]');
    await asking.context().close();
  }

  private async seeVisitor(owner: Page, { code, id }: { code: string; id: string }): Promise<void> {
    const page = await this.open(`/j/${code}`);
    await this.see(page, 'visitor-entrance', 'ubizo-language-list');
    await page.locator('button.listen').click();
    await this.see(page, 'visitor-listening', '[data-testid=connection].good');
    await page.locator('ubizo-listen-bar .language').click();
    await this.see(page, 'visitor-languages', 'ubizo-language-sheet ubizo-page-language');
    await page.keyboard.press('Escape');
    for (const step of ['pause', 'end']) {
      await owner.context().request.post(`/api/tours/${id}/${step}`);
      await this.see(page, `visitor-${step}`, 'ubizo-listen-notices ubizo-notice');
    }
    await page.context().close();
    await this.see(owner, 'guide-desk-ended', 'ubizo-transcripts-panel');

    const closed = await this.makeTour(owner, { ...TOUR, entryCode: 'LION' });
    const stranger = await this.open(`/j/${closed.code}`);
    await stranger.locator('button.listen').click();
    await this.see(stranger, 'visitor-entry-code', '#entry-code');
    await stranger.context().close();
  }

  /** A box that has an owner, as others find it. */
  private async seeStrangers(): Promise<void> {
    const page = await this.open('/guide');
    await this.see(page, 'guide-sign-in', '#email');
    await page.locator('#email').fill('guide@example.org');
    await page.locator('#password-input').fill(OWNER.password);
    await page.locator('ubizo-sign-in-form button.main').click();
    await this.see(page, 'guide-new-account', 'ubizo-new-account');
    await page.locator('ubizo-new-account button.main').click();
    await this.see(page, 'guide-waiting', 'ubizo-waiting-card');
    await overPlainHttp(page);
    await page.reload();
    await this.see(page, 'guide-secure-page', 'ubizo-secure-page');
    await page.locator('ubizo-secure-page summary').first().click();
    await this.see(page, 'guide-secure-page-why', 'ubizo-trust-steps');
    await page.context().close();
  }
}
