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
    await waitUntil(() => text(page, 'ubizo-claim-wizard', '.head p') === 'Step 1 of 4');
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
    await waitUntil(() => menu() === 'Old town box Tours Box Me');
    page.remove();
    await open(owner);
    await waitUntil(() => menu() === 'Old town box Tours Accounts Settings Box Me');
    await waitUntil(() => text(page, 'ubizo-tour-list', '.name') === 'Old Town');
    await expectAccessible(page);
  });

  it('leads a visitor with an account to the account only', async () => {
    await open(entranceView({ signedIn: { role: 'attendee', account: account({ role: 'attendee' }) } }));
    await waitUntil(() => menu() === 'Old town box Me');
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
    deep<HTMLButtonElement>(page, 'ubizo-own-account', '#everywhere button')!.click();
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

  it('shows the owner how many wait, and who waits goes on by themselves', async () => {
    await open(entranceView({ signedIn: { role: 'owner', account: account(), waiting: 2 } }));
    await waitUntil(() => text(page, 'ubizo-site-menu', '.badge') === '2');
    await expectAccessible(page);
    page.remove();
    await open(entranceView({ waits: true }));
    await waitUntil(() => text(page, 'ubizo-waiting-card', 'h1') === 'Wait for the owner');
    await expectAccessible(page);
    http.on('GET /api/sign-in', () => json(guide));
    await waitUntil(() => deep(page, 'ubizo-tour-list') !== null);
  });

  it('need not wait with the setup code', async () => {
    await open(entranceView({ waits: true }));
    await waitUntil(() => deep(page, 'ubizo-waiting-card', '#code') !== null);
    const bring = (): void => {
      deep<HTMLInputElement>(page, 'ubizo-waiting-card', '#code')!.value = 'setup-234';
      deep<HTMLFormElement>(page, 'ubizo-waiting-card', 'form')!.requestSubmit();
    };
    http.on('POST /api/sign-in/setup-code', () => refuse('wrong_setup_code', 401));
    bring();
    await waitUntil(() => text(page, 'ubizo-waiting-card', '[role=alert]').includes('not the setup code'));
    await expectAccessible(page);
    http.on('POST /api/sign-in/setup-code', () => new Response(null, { status: 204 }));
    http.on('GET /api/sign-in', () => json(guide));
    bring();
    await waitUntil(() => deep(page, 'ubizo-tour-list') !== null);
    expect(JSON.parse(http.asked('POST /api/sign-in/setup-code')[0]?.body ?? '')).to.deep.equal({
      setupCode: 'SETUP234',
    });
  });

  it('says why one was put out, and that the tour goes on', async () => {
    await open(guide);
    await waitUntil(() => deep(page, 'ubizo-tour-list'));
    http.on('GET /api/sign-in', () => json(entranceView()));
    const detail = { code: 'account_locked', tour: { name: 'Old Town', guide: 'Eva' } };
    deep(page, 'ubizo-tour-list')!.dispatchEvent(
      new CustomEvent('sign-in-needed', { detail, bubbles: true, composed: true }),
    );
    await waitUntil(
      () =>
        text(page, 'ubizo-sign-in-form', 'ubizo-notice') ===
        'The owner of this box has blocked this account. “Old Town” goes on under the name of Eva.',
    );
  });

  it('goes on with the setup by the ticket of a link, which is gone from the address', async () => {
    location.hash = 'setup=abcdefghijklmnop';
    http.on('POST /api/sign-in', () => json(entranceView({ claimed: false, signedIn: { role: 'guide' } })));
    page = await fixture<GuidePage>(html`<ubizo-guide-page></ubizo-guide-page>`);
    await waitUntil(() => deep(page, 'ubizo-claim-wizard') !== null);
    expect(JSON.parse(http.asked('POST /api/sign-in')[0]?.body ?? '')).to.deep.equal({
      ticket: 'abcdefghijklmnop',
    });
    expect(location.hash).to.equal('#claim');
  });

  it('leads a new box’s owner to the secure page before anything is typed', async () => {
    await open(entranceView({ claimed: false, passwordsHere: false, secureUrl: 'https://10.77.0.1/guide' }));
    await waitUntil(() => deep(page, 'ubizo-secure-first') !== null);
    expect(deep(page, 'ubizo-setup-code-form') === null).to.equal(true);
    await expectAccessible(page);
    deep<HTMLButtonElement>(page, 'ubizo-secure-first', 'button')!.click();
    await waitUntil(() => deep(page, 'ubizo-setup-code-form') !== null);
  });

  it('says what to do next once the box is claimed', async () => {
    await open(entranceView({ claimed: false, signedIn: { role: 'guide' } }));
    location.hash = 'claim';
    await waitUntil(() => deep(page, 'ubizo-claim-wizard') !== null);
    http.on('GET /api/sign-in', () => json(owner));
    const detail = { ...owner, keyTrial: { kind: 'unreachable' } };
    deep(page, 'ubizo-claim-wizard')!.dispatchEvent(
      new CustomEvent('entered', { detail, bubbles: true, composed: true }),
    );
    await waitUntil(() => text(page, 'ubizo-next-steps').includes('Test the microphone'));
    expect(text(page, 'ubizo-next-steps', 'ubizo-notice')).to.contain('no Internet to try the key');
    await expectAccessible(page);
  });
});
