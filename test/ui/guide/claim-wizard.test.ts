import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ClaimWizard } from '../../../ui/guide/entrance/claim-wizard.ts';
import '../../../ui/guide/entrance/claim-wizard.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account, entranceView } from '../fake-box/people.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

const UNCLAIMED = entranceView({ claimed: false, signedIn: { role: 'guide' } });

describe('the claim of a box', () => {
  let http: FakeHttp;
  let wizard: ClaimWizard;

  beforeEach(async () => {
    http = new FakeHttp();
    wizard = await fixture<ClaimWizard>(
      html`<ubizo-claim-wizard .entrance=${UNCLAIMED}></ubizo-claim-wizard>`,
    );
  });

  afterEach(() => {
    sessionStorage.clear();
    http.restore();
  });

  function type(selector: string, words: string): void {
    const input = deep<HTMLInputElement>(wizard, selector)!;
    input.value = words;
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }

  async function next(): Promise<void> {
    deep<HTMLFormElement>(wizard, 'form')!.requestSubmit();
    await wizard.updateComplete;
  }

  async function back(): Promise<void> {
    deep<HTMLButtonElement>(wizard, '.buttons button')!.click();
    await wizard.updateComplete;
  }

  async function toTheEnd(): Promise<void> {
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    await next();
    type('#name', 'Old town box');
    await next();
    type('#key', 'sk-proj-123456');
    await next();
    type('#cap', '12,50');
  }

  it('is accessible in every step and shows how far it is', async () => {
    expect(text(wizard, '.head p')).to.equal('Step 1 of 4');
    await expectAccessible(wizard);
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    for (const heading of ['Name of the box', 'Key of the translation service', 'Budget and transcripts']) {
      await next();
      expect(text(wizard, 'h1')).to.equal(heading);
      expect(wizard.shadowRoot?.activeElement?.localName, 'read out first').to.equal('h1');
      await expectAccessible(wizard);
    }
  });

  it('says what is missing before it goes on', async () => {
    await next();
    expect(text(wizard, '#email-hint[role=alert]')).to.equal('Enter your email address.');
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'short');
    await next();
    expect(text(wizard, '[role=alert]')).to.contain('8 characters');
    expect(text(wizard, 'h1')).to.equal('Your account');
  });

  it('goes back without losing what was typed', async () => {
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    await next();
    await back();
    expect(deep<HTMLInputElement>(wizard, '#email')?.value).to.equal('owner@example.org');
    expect(deep<HTMLInputElement>(wizard, 'ubizo-password-field', 'input')?.value).to.equal('a stone bridge');
    setTimeout(() => void back());
    await oneEvent(wizard, 'claim-later');
  });

  it('sends everything at once, at the end', async () => {
    const answer = entranceView({ signedIn: { role: 'owner', account: account() } });
    http.on('POST /api/claim', () => json(answer, 201));
    await toTheEnd();
    expect(http.calls).to.have.length(0);
    setTimeout(() => void next());
    const { detail } = await oneEvent(wizard, 'entered');
    expect(detail).to.deep.equal(answer);
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({
      email: 'owner@example.org',
      password: 'a stone bridge',
      name: 'Old town box',
      openaiKey: 'sk-proj-123456',
      spendCapUsd: 12.5,
      retention: { transcriptDays: 30, recordings: false },
    });
  });

  it('sends what was pasted without what is not seen, and takes any address that the field takes', async () => {
    http.on('POST /api/claim', () => json(entranceView({ signedIn: { role: 'owner' } }), 201));
    type('#email', 'tours&more@localhost');
    type('ubizo-password-field input', 'a stone bridge');
    await next();
    type('#name', '\u3164');
    await next();
    type('#key', '\u200Bsk-proj-\u20601234567\n');
    await next();
    setTimeout(() => void next());
    await oneEvent(wizard, 'entered');
    const sent = JSON.parse(http.calls[0]?.body ?? '') as Record<string, unknown>;
    expect(sent).to.include({
      email: 'tours&more@localhost',
      openaiKey: 'sk-proj-1234567',
    });
    expect(sent).to.not.have.any.keys('name');
  });

  it('may leave out name, key and cap', async () => {
    http.on('POST /api/claim', () => json(entranceView({ signedIn: { role: 'owner' } }), 201));
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    await next();
    await next();
    expect(text(wizard, 'button.main')).to.equal('Skip for now');
    await next();
    type('#cap', '');
    setTimeout(() => void next());
    await oneEvent(wizard, 'entered');
    const sent = JSON.parse(http.calls[0]?.body ?? '') as Record<string, unknown>;
    expect(sent).to.include({ spendCapUsd: null });
    expect(sent).to.not.have.any.keys('name', 'openaiKey');
  });

  it('goes to the field that the box finds fault with', async () => {
    http.on('POST /api/claim', () => refuse('common_password', 400));
    await toTheEnd();
    await next();
    await waitUntil(() => text(wizard, 'h1') === 'Your account');
    expect(text(wizard, 'ubizo-password-field', '[role=alert]')).to.contain('Many people use this password');
    await expectAccessible(wizard);
    type('ubizo-password-field input', 'a stone bridge');
    await waitUntil(() => text(wizard, 'ubizo-password-field', '[role=alert]') === '');
  });

  it('checks the form of a key where it is typed', async () => {
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    await next();
    await next();
    type('#key', 'hello');
    await next();
    expect(text(wizard, 'h1')).to.equal('Key of the translation service');
    expect(text(wizard, '[role=alert]')).to.contain('does not look like a key');
    expect(http.calls).to.have.length(0);
  });

  it('goes back to a key that is refused, and takes it all the same when the owner insists', async () => {
    http.on('POST /api/claim', () => refuse('key_refused', 422));
    await toTheEnd();
    await next();
    await waitUntil(() => text(wizard, 'h1') === 'Key of the translation service');
    expect(text(wizard, 'ubizo-notice')).to.contain('refuses this key');
    await expectAccessible(wizard);
    http.on('POST /api/claim', () => json(entranceView({ signedIn: { role: 'owner' } }), 201));
    setTimeout(() => deep<HTMLButtonElement>(wizard, 'button.wide')!.click());
    await oneEvent(wizard, 'entered');
    expect(JSON.parse(http.calls.at(-1)?.body ?? '')).to.include({
      openaiKey: 'sk-proj-123456',
      insist: true,
    });
  });

  it('asks for the setup code again when the sign-in by it is over', async () => {
    http.on('POST /api/claim', () => refuse('wrong_setup_code', 401));
    await toTheEnd();
    setTimeout(() => void next());
    await oneEvent(wizard, 'sign-in-needed');
  });

  it('survives a reload with all that was typed but the secrets', async () => {
    await toTheEnd();
    const again = await fixture<ClaimWizard>(
      html`<ubizo-claim-wizard .entrance=${UNCLAIMED}></ubizo-claim-wizard>`,
    );
    expect(deep<HTMLInputElement>(again, '#email')?.value).to.equal('owner@example.org');
    const kept = sessionStorage.getItem('ubizo.claim');
    expect(kept).to.contain('Old town box');
    expect(kept).to.not.match(/stone bridge|sk-proj/u);
    expect(sessionStorage.length).to.equal(1);
  });

  it('leads to the secure page before anything is typed, and the setup goes on there', async () => {
    wizard = await fixture<ClaimWizard>(
      html`<ubizo-claim-wizard
        .entrance=${{ ...UNCLAIMED, passwordsHere: false, secureUrl: 'https://10.77.0.1:8443/guide' }}
      ></ubizo-claim-wizard>`,
    );
    await waitUntil(() => deep<HTMLAnchorElement>(wizard, 'a.go') !== null);
    expect(deep<HTMLAnchorElement>(wizard, 'a.go')?.href).to.equal('https://10.77.0.1:8443/guide');
    expect(wizard.shadowRoot?.querySelector('input') === null).to.equal(true);
    await expectAccessible(wizard);
  });
});
