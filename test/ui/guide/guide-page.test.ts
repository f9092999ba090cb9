import { expect, fixture, html } from '@open-wc/testing';
import { GuidePage } from '../../../ui/guide/guide-page.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account, deviceView, entranceView } from '../fake-box/people.ts';
import { box, deskTour } from '../fake-box/tours.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

customElements.define('ubizo-guide-page', GuidePage);

describe('the guide’s page', () => {
  let http: FakeHttp;
  let page: GuidePage;
  const owner = entranceView({ signedIn: { role: 'owner', account: account() } });
  const guide = entranceView({ signedIn: { role: 'guide', account: account({ role: 'guide' }) } });

  beforeEach(() => {
    location.hash = '';
    http = new FakeHttp();
    http.on('GET /api/box', () => json(box));
    http.on('GET /api/tours', () => json({ tours: [deskTour()] }));
    http.on('POST /api/sign-in/refresh', () => refuse('not_signed_in', 401));
  });

  afterEach(() => {
    page.remove();
    location.hash = '';
    localStorage.clear();
    http.restore();
  });

  async function open(view: typeof owner): Promise<void> {
    http.on('GET /api/sign-in', () => json(view));
    page = await fixture<GuidePage>(html`<ubizo-guide-page></ubizo-guide-page>`);
  }

  const menu = (): string => text(page, 'ubizo-site-menu');

  it('asks the setup code of a box without an owner', async () => {
    await open(entranceView({ claimed: false }));
    await waitUntil(() => deep(page, 'ubizo-setup-code-form'));
    await expectAccessible(page);
  });

  it('invites who came in by the setup code alone to claim the box', async () => {
    await open(entranceView({ claimed: false, signedIn: { role: 'guide' } }));
    await waitUntil(() => text(page, 'ubizo-notice').includes('has no owner yet'));
    deep<HTMLButtonElement>(page, 'ubizo-notice', 'button')!.click();
    await waitUntil(() => text(page, 'ubizo-claim-wizard', '.head p') === 'Step 1 of 5');
  });

  it('asks to sign in where the box has an owner', async () => {
    await open(entranceView());
    await waitUntil(() => deep(page, 'ubizo-sign-in-form'));
    expect(text(page, 'ubizo-sign-in-form', 'h1')).to.equal('Sign in or create account');
  });

  it('takes back that the box does not answer once it does', async () => {
    page = await fixture<GuidePage>(html`<ubizo-guide-page></ubizo-guide-page>`);
    await waitUntil(() => text(page, 'ubizo-notice').includes('does not answer'));
    http.on('GET /api/sign-in', () => json(guide));
    await waitUntil(() => deep(page, 'ubizo-tour-list'));
    expect(deep(page, 'ubizo-notice')).to.equal(null);
  });

  it('shows the tours once the box answers again, and says no longer that it does not', async () => {
    http.off('GET /api/tours');
    await open(guide);
    await waitUntil(() => text(page, 'ubizo-tour-list', 'ubizo-notice').includes('does not answer'));
    http.on('GET /api/tours', () => json({ tours: [deskTour()] }));
    await waitUntil(() => text(page, 'ubizo-tour-list', 'li').includes('Old Town'));
    expect(deep(page, 'ubizo-tour-list', 'ubizo-notice')).to.equal(null);
  });

  it('goes on with a sign-in of this morning', async () => {
    let renewed = false;
    http.on('GET /api/sign-in', () => json(renewed ? guide : entranceView()));
    http.on('POST /api/sign-in/refresh', () => {
      renewed = true;
      return json(guide);
    });
    page = await fixture<GuidePage>(html`<ubizo-guide-page></ubizo-guide-page>`);
    await waitUntil(() => deep(page, 'ubizo-tour-list'));
  });

  it('shows a guide the tours, and the owner accounts and box too', async () => {
    await open(guide);
    await waitUntil(() => menu() === 'Tours State and Wi-Fi My account');
    page.remove();
    await open(owner);
    await waitUntil(() => menu() === 'Tours Accounts This box State and Wi-Fi My account');
    await waitUntil(() => text(page, 'ubizo-tour-list', '.name') === 'Old Town');
    await expectAccessible(page);
  });

  it('leads a visitor with an account to the account only', async () => {
    await open(entranceView({ signedIn: { role: 'attendee', account: account({ role: 'attendee' }) } }));
    await waitUntil(() => menu() === 'My account');
    expect(text(page, 'ubizo-own-account', 'h1')).to.equal('My account');
    await expectAccessible(page);
  });

  it('remembers a visitor’s name and language for the visitor’s page', async () => {
    const known = account({ role: 'attendee', name: 'Alba', language: 'es' });
    await open(entranceView({ signedIn: { role: 'attendee', account: known } }));
    await waitUntil(() => deep(page, 'ubizo-own-account'));
    expect(localStorage.getItem('ubizo.name')).to.equal('Alba');
    http.on('PATCH /api/account', () => json({ ...known, language: 'ja' }));
    deep<HTMLSelectElement>(page, '#language')!.value = 'ja';
    deep<HTMLSelectElement>(page, '#language')!.form!.requestSubmit();
    await waitUntil(() => text(page, 'ubizo-own-account', '[role=status]') === 'Saved.');
    expect(localStorage.getItem('ubizo.language')).to.equal('ja');
  });

  it('signs out here or everywhere, and then asks to sign in', async () => {
    http.on('DELETE /api/sign-in', () => new Response(null, { status: 204 }));
    await open(guide);
    location.hash = 'account';
    await waitUntil(() => deep(page, 'ubizo-own-account'));
    await expectAccessible(page);
    http.on('GET /api/sign-in', () => json(entranceView()));
    const buttons = [...deep(page, 'ubizo-own-account')!.shadowRoot!.querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent.includes('all devices'))!.click();
    await waitUntil(() => deep(page, 'ubizo-sign-in-form'));
    expect(http.asked('DELETE /api/sign-in')[0]?.path).to.equal('/api/sign-in?everywhere=yes');
  });

  it('asks to sign in again when the box no longer knows the guide', async () => {
    await open(guide);
    await waitUntil(() => deep(page, 'ubizo-tour-list'));
    http.on('GET /api/sign-in', () => json(entranceView()));
    http.on('GET /api/device', () => refuse('not_signed_in', 401));
    location.hash = 'device';
    await waitUntil(() => deep(page, 'ubizo-sign-in-form'));
  });

  it('repeats what a token that ran out has stopped', async () => {
    let renewed = 0;
    http.on('POST /api/sign-in/refresh', () => {
      renewed += 1;
      return json(owner);
    });
    http.on('GET /api/device', () => (renewed > 0 ? json(deviceView()) : refuse('not_signed_in', 401)));
    await open(owner);
    location.hash = 'device';
    await waitUntil(
      () => deep<HTMLInputElement>(page, 'ubizo-device-settings', '#name')?.value === 'Old town box',
    );
    expect(renewed).to.equal(1);
    expect(http.asked('GET /api/device')).to.have.length(2);
  });
});
