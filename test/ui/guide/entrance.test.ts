import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { EntranceView } from '../../../appliance/protocol/accounts.ts';
import type { SetupCodeForm } from '../../../ui/guide/entrance/setup-code-form.ts';
import '../../../ui/guide/entrance/setup-code-form.ts';
import type { SignInForm } from '../../../ui/guide/entrance/sign-in-form.ts';
import '../../../ui/guide/entrance/sign-in-form.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account, entranceView } from '../fake-box/people.ts';
import { paste } from '../paste.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

describe('a box without an owner', () => {
  let http: FakeHttp;
  let form: SetupCodeForm;

  beforeEach(async () => {
    http = new FakeHttp();
    form = await fixture<SetupCodeForm>(html`<ubizo-setup-code-form></ubizo-setup-code-form>`);
  });

  afterEach(() => http.restore());

  function submit(code: string): void {
    form.renderRoot.querySelector('input')!.value = code;
    form.renderRoot.querySelector('form')!.requestSubmit();
  }

  const opened = entranceView({ claimed: false, signedIn: { role: 'guide' } });

  it('is accessible and waits for the code', async () => {
    await expectAccessible(form);
    expect(form.shadowRoot?.activeElement?.id).to.equal('code');
  });

  it('goes on to the claim with the code that was right', async () => {
    http.on('POST /api/sign-in', () => json(opened));
    setTimeout(() => submit('  abcd-efgh '));
    const [wanted, entered] = await Promise.all([oneEvent(form, 'claim-wanted'), oneEvent(form, 'entered')]);
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({ setupCode: 'ABCDEFGH' });
    expect(wanted.detail).to.equal('ABCDEFGH');
    expect(entered.detail).to.deep.equal(opened);
  });

  it('takes all of a code that a messenger has strewn with characters', async () => {
    http.on('POST /api/sign-in', () => json(opened));
    paste(
      deep<HTMLInputElement>(form, 'input')!,
      Array.from('ａｂｃｄefgh').join('\u200B\u2060\u200E\u2013\u200B\u2060\u200E'),
    );
    setTimeout(() => form.renderRoot.querySelector('form')!.requestSubmit());
    await oneEvent(form, 'entered');
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({ setupCode: 'ABCDEFGH' });
  });

  it('lets a guide in with the code alone', async () => {
    http.on('POST /api/sign-in', () => json(opened));
    let claims = 0;
    form.addEventListener('claim-wanted', () => (claims += 1));
    deep<HTMLInputElement>(form, 'input')!.value = 'abcd';
    setTimeout(() => deep<HTMLButtonElement>(form, 'button[type=button]')!.click());
    await oneEvent(form, 'entered');
    expect(claims).to.equal(0);
  });

  it('says in a sentence that a code is wrong, or was tried too often, or that the box is away', async () => {
    http.on('POST /api/sign-in', () => refuse('wrong_setup_code', 401));
    submit('nope');
    await waitUntil(() => text(form, '[role=alert]').includes('not the setup code'));
    await expectAccessible(form);
    http.on('POST /api/sign-in', () => refuse('too_many_attempts', 429));
    submit('nope');
    await waitUntil(() => text(form, '[role=alert]').includes('Wait a minute'));
    http.off('POST /api/sign-in');
    submit('nope');
    await waitUntil(() => text(form, '[role=alert]').includes('does not answer'));
  });
});

const show = (view: EntranceView): Promise<SignInForm> =>
  fixture<SignInForm>(html`<ubizo-sign-in-form .entrance=${view}></ubizo-sign-in-form>`);

function fill(form: SignInForm, { email, password }: { email: string; password: string }): void {
  deep<HTMLInputElement>(form, '#email')!.value = email;
  deep<HTMLInputElement>(form, 'ubizo-password-field', 'input')!.value = password;
}

const submit = (form: SignInForm): void => deep<HTMLFormElement>(form, 'form')!.requestSubmit();

describe('signing in', () => {
  let http: FakeHttp;

  beforeEach(() => {
    http = new FakeHttp();
  });

  afterEach(() => http.restore());

  it('is accessible, and tells password managers what is what', async () => {
    const form = await show(entranceView());
    await expectAccessible(form);
    expect(deep<HTMLInputElement>(form, '#email')?.autocomplete).to.equal('username');
    expect(deep<HTMLInputElement>(form, 'ubizo-password-field', 'input')?.autocomplete).to.equal(
      'current-password',
    );
  });

  it('sends email, password, role and, from a new guide, the setup code', async () => {
    const form = await show(entranceView());
    const answer = entranceView({ signedIn: { role: 'guide', account: account({ role: 'guide' }) } });
    http.on('POST /api/sign-in', () => json(answer, 201));
    fill(form, { email: ' eva@example.org ', password: 'a stone bridge' });
    paste(deep<HTMLInputElement>(form, '#code')!, `ab${'\u200B'.repeat(70)}–cd`);
    setTimeout(() => submit(form));
    const { detail } = await oneEvent(form, 'entered');
    expect(detail).to.deep.equal(answer);
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({
      email: 'eva@example.org',
      password: 'a stone bridge',
      role: 'guide',
      setupCode: 'ABCD',
    });
  });

  it('asks a visitor for no setup code', async () => {
    const form = await show(entranceView());
    deep<HTMLInputElement>(form, 'input[value=attendee]')!.click();
    await form.updateComplete;
    expect(deep(form, '#code') === null).to.equal(true);
    http.on('POST /api/sign-in', () => json(entranceView({ signedIn: { role: 'attendee' } })));
    fill(form, { email: 'eva@example.org', password: 'a stone bridge' });
    setTimeout(() => submit(form));
    await oneEvent(form, 'entered');
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.include({ role: 'attendee' });
  });

  it('shows the password on request and hides it again', async () => {
    const form = await show(entranceView());
    const field = deep<HTMLElementTagNameMap['ubizo-password-field']>(form, 'ubizo-password-field')!;
    const input = deep<HTMLInputElement>(field, 'input')!;
    expect(input.type).to.equal('password');
    deep<HTMLButtonElement>(field, 'button')!.click();
    await field.updateComplete;
    expect(input.type).to.equal('text');
    expect(deep(field, 'button')?.getAttribute('aria-label')).to.equal('Hide the password');
  });

  const refusals = [
    ['wrong_password', 401, 'do not belong together'],
    ['account_locked', 403, 'is locked'],
    ['account_waiting', 403, 'waits for the owner'],
    ['weak_password', 400, '8 characters or more. A few words'],
    ['too_many_attempts', 429, 'Wait a minute'],
    ['box_busy', 503, 'in a few seconds'],
  ] as const;
  for (const [code, status, words] of refusals) {
    it(`says plainly what ${code} means, and keeps what was typed`, async () => {
      const form = await show(entranceView());
      http.on('POST /api/sign-in', () => refuse(code, status));
      fill(form, { email: 'eva@example.org', password: 'a stone bridge' });
      submit(form);
      await waitUntil(
        () =>
          (deep(form, 'form')?.textContent ?? '').includes(words) ||
          text(form, 'ubizo-notice').includes(words),
      );
      expect(deep<HTMLInputElement>(form, '#email')?.value).to.equal('eva@example.org');
      await expectAccessible(form);
    });
  }

  it('says how long to wait after many wrong passwords', async () => {
    const form = await show(entranceView());
    http.on('POST /api/sign-in', () => {
      const answer = refuse('too_many_attempts', 429);
      answer.headers.set('retry-after', '840');
      return answer;
    });
    fill(form, { email: 'eva@example.org', password: 'a stone bridge' });
    submit(form);
    await waitUntil(() => text(form, 'ubizo-notice').includes('Try again in 14 minutes.'));
  });

  it('takes no password without encryption: it leads to the secure page and says how to trust it', async () => {
    const form = await show(
      entranceView({ passwordsHere: false, secureUrl: 'https://10.77.0.1:8443/guide' }),
    );
    expect(deep(form, 'input[type=password]') === null).to.equal(true);
    expect(deep<HTMLAnchorElement>(form, 'a.go')?.href).to.equal('https://10.77.0.1:8443/guide');
    expect(deep<HTMLAnchorElement>(form, 'ubizo-trust-steps', 'a')?.getAttribute('href')).to.equal(
      '/ubizo.crt',
    );
    expect(deep(form, 'ubizo-trust-steps', 'details[open]') !== null).to.equal(true);
    await expectAccessible(form);
  });

  it('says what to do where there is no secure page', async () => {
    const form = await show(entranceView({ passwordsHere: false }));
    await waitUntil(() => text(form, 'ubizo-notice').includes('Open it on the box itself'));
  });
});
