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
    const [, entered] = await Promise.all([oneEvent(form, 'claim-wanted'), oneEvent(form, 'entered')]);
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({ setupCode: 'ABCDEFGH' });
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

  async function ask(form: SignInForm): Promise<void> {
    http.on('POST /api/sign-in', () => refuse('account_unknown', 404));
    fill(form, { email: ' eva@exmaple.org ', password: 'a stone bridge' });
    submit(form);
    await waitUntil(() => text(form, 'ubizo-new-account', 'h2').includes('no account with this email'));
  }
  const sent = (): unknown => JSON.parse(http.asked('POST /api/sign-in').at(-1)?.body ?? '');

  it('signs in with email and password alone', async () => {
    const form = await show(entranceView());
    const answer = entranceView({ signedIn: { role: 'guide', account: account({ role: 'guide' }) } });
    http.on('POST /api/sign-in', () => json(answer));
    fill(form, { email: ' eva@example.org ', password: 'a stone bridge' });
    setTimeout(() => submit(form));
    expect((await oneEvent(form, 'entered')).detail).to.deep.equal(answer);
    expect(sent()).to.deep.equal({ email: 'eva@example.org', password: 'a stone bridge' });
  });

  it('asks before it makes an account, and an email that was mistyped is mended', async () => {
    const form = await show(entranceView());
    await ask(form);
    expect(text(form, 'ubizo-new-account', '.typed')).to.equal('eva@exmaple.org');
    await expectAccessible(form);
    deep<HTMLButtonElement>(form, 'ubizo-new-account', 'button[type=button]')!.click();
    await waitUntil(() => deep<HTMLInputElement>(form, '#email')?.value === 'eva@exmaple.org');
    expect(http.asked('POST /api/sign-in')).to.have.length(1);
    expect(deep<HTMLInputElement>(form, 'ubizo-password-field', 'input')?.value).to.equal('a stone bridge');
  });

  it('makes a guide’s account with the setup code, and a visitor’s without', async () => {
    const form = await show(entranceView());
    await ask(form);
    http.on('POST /api/sign-in', () => refuse('wrong_setup_code', 401));
    paste(deep<HTMLInputElement>(form, 'ubizo-new-account', '#code')!, `ab${'\u200B'.repeat(70)}–cd`);
    deep<HTMLFormElement>(form, 'ubizo-new-account', 'form')!.requestSubmit();
    await waitUntil(() => text(form, 'ubizo-new-account', '[role=alert]').includes('not the setup code'));
    const wish = { email: 'eva@exmaple.org', password: 'a stone bridge', create: true };
    expect(sent()).to.deep.equal({ ...wish, role: 'guide', setupCode: 'ABCD' });
    deep<HTMLInputElement>(form, 'ubizo-new-account', 'input[value=attendee]')!.click();
    await waitUntil(() => deep(form, 'ubizo-new-account', '#code') === null);
    http.on('POST /api/sign-in', () => json(entranceView({ signedIn: { role: 'attendee' } }), 201));
    setTimeout(() => deep<HTMLFormElement>(form, 'ubizo-new-account', 'form')!.requestSubmit());
    await oneEvent(form, 'entered');
    expect(sent()).to.deep.equal({ ...wish, role: 'attendee' });
  });

  it('says at the password that everybody has it, and stops when it is changed', async () => {
    const form = await show(entranceView());
    await ask(form);
    http.on('POST /api/sign-in', () => refuse('common_password', 400));
    deep<HTMLFormElement>(form, 'ubizo-new-account', 'form')!.requestSubmit();
    const said = (): string => text(form, 'ubizo-password-field', '[role=alert]');
    await waitUntil(() => said().includes('Many people use this password'));
    const input = deep<HTMLInputElement>(form, 'ubizo-password-field', 'input')!;
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    await waitUntil(() => said() === '');
  });

  it('goes on to wait when the owner has to approve', async () => {
    const form = await show(entranceView());
    http.on('POST /api/sign-in', () => refuse('account_waiting', 403));
    http.on('GET /api/sign-in', () => json(entranceView({ waits: true })));
    fill(form, { email: 'eva@example.org', password: 'a stone bridge' });
    setTimeout(() => submit(form));
    expect((await oneEvent(form, 'entered')).detail).to.deep.equal(entranceView({ waits: true }));
  });

  it('has a way back for a forgotten password', async () => {
    const form = await show(entranceView());
    fill(form, { email: 'eva@example.org', password: '' });
    deep<HTMLButtonElement>(form, 'button.plain')!.click();
    const way = 'ubizo-forgotten-password';
    await waitUntil(() => text(form, way, 'p').includes('Ask the owner'));
    expect(text(form, way, 'details')).to.contain('new-owner');
    await expectAccessible(form);
    http.on('POST /api/sign-in/password', () => refuse('wrong_password_code', 401));
    deep<HTMLInputElement>(form, way, '#code')!.value = 'wxyz-2345';
    deep<HTMLInputElement>(form, way, 'ubizo-password-field', 'input')!.value = 'seven grey cats';
    deep<HTMLFormElement>(form, way, 'form')!.requestSubmit();
    await waitUntil(() => text(form, way, '#code-wrong').includes('Ask the owner for another'));
    const answer = entranceView({ signedIn: { role: 'guide' } });
    http.on('POST /api/sign-in/password', () => json(answer));
    setTimeout(() => deep<HTMLFormElement>(form, way, 'form')!.requestSubmit());
    expect((await oneEvent(form, 'entered')).detail).to.deep.equal(answer);
    expect(JSON.parse(http.asked('POST /api/sign-in/password').at(-1)?.body ?? '')).to.deep.equal({
      email: 'eva@example.org',
      code: 'WXYZ2345',
      password: 'seven grey cats',
    });
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
    ['account_locked', 403, 'is blocked'],
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
          text(form, 'ubizo-password-field').includes(words) || text(form, 'ubizo-notice').includes(words),
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
    expect(deep<HTMLDetailsElement>(form, 'ubizo-secure-page', 'details')?.open, 'behind “Why?”').to.equal(
      false,
    );
    await expectAccessible(form);
  });

  it('says what to do where there is no secure page', async () => {
    const form = await show(entranceView({ passwordsHere: false }));
    await waitUntil(() => text(form, 'ubizo-notice').includes('Open this page on the box itself'));
  });
});
