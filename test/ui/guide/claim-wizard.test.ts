import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { ClaimWizard } from '../../../ui/guide/entrance/claim-wizard.ts';
import '../../../ui/guide/entrance/claim-wizard.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account, entranceView } from '../fake-box/people.ts';
import { paste } from '../paste.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

const UNCLAIMED = entranceView({ claimed: false });

describe('the claim of a box', () => {
  let http: FakeHttp;
  let wizard: ClaimWizard;

  beforeEach(async () => {
    http = new FakeHttp();
    wizard = await fixture<ClaimWizard>(
      html`<ubizo-claim-wizard .entrance=${UNCLAIMED} .setupCode=${'SETUP234'}></ubizo-claim-wizard>`,
    );
  });

  afterEach(() => http.restore());

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
    expect(text(wizard, '.head p')).to.equal('Step 2 of 5');
    await expectAccessible(wizard);
    type('#email', 'owner@example.org');
    type('ubizo-password-field input', 'a stone bridge');
    for (const heading of ['Name of the box', 'Key of the interpreter', 'Cost and memory']) {
      await next();
      expect(text(wizard, 'h1')).to.equal(heading);
      expect(wizard.shadowRoot?.activeElement?.localName, 'read out first').to.equal('h1');
      await expectAccessible(wizard);
    }
  });

  it('says what is missing before it goes on', async () => {
    await next();
    expect(text(wizard, '[role=alert]')).to.equal('Enter your email address.');
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
    await back();
    expect(deep<HTMLInputElement>(wizard, '#code')?.value).to.equal('SETUP234');
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
      setupCode: 'SETUP234',
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
    await back();
    const field = deep<HTMLInputElement>(wizard, '#code')!;
    paste(field, `se\u2013tup${'\u200B'.repeat(300)}２３４`);
    await next();
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
      setupCode: 'SETUP234',
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

  it('goes to the step that the box finds fault with', async () => {
    http.on('POST /api/claim', () => refuse('wrong_setup_code', 401));
    await toTheEnd();
    await next();
    await waitUntil(() => text(wizard, 'h1') === 'Setup code');
    expect(text(wizard, 'ubizo-notice')).to.contain('not the setup code');
    await expectAccessible(wizard);
  });

  it('takes no password without encryption', async () => {
    wizard = await fixture<ClaimWizard>(
      html`<ubizo-claim-wizard
        .entrance=${{ ...UNCLAIMED, passwordsHere: false, secureUrl: 'https://10.77.0.1:8443/guide' }}
        .setupCode=${'SETUP234'}
      ></ubizo-claim-wizard>`,
    );
    expect(deep<HTMLAnchorElement>(wizard, 'a.go')?.href).to.equal('https://10.77.0.1:8443/guide');
    expect(deep(wizard, '.buttons .main') === null).to.equal(true);
  });
});
