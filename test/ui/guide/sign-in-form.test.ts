import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { SignInForm } from '../../../ui/guide/sign-in/sign-in-form.ts';
import '../../../ui/guide/sign-in/sign-in-form.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, refuse } from '../fake-box/fake-http.ts';
import { text } from '../shadow.ts';

describe('signing in', () => {
  let http: FakeHttp;
  let form: SignInForm;

  beforeEach(async () => {
    http = new FakeHttp();
    form = await fixture<SignInForm>(html`<ubizo-sign-in-form></ubizo-sign-in-form>`);
  });

  afterEach(() => http.restore());

  function submit(code: string): void {
    form.renderRoot.querySelector('input')!.value = code;
    form.renderRoot.querySelector('form')!.requestSubmit();
  }

  it('is accessible and waits for the code', async () => {
    await expectAccessible(form);
    expect(form.shadowRoot?.activeElement?.id).to.equal('code');
  });

  it('opens with the setup code', async () => {
    http.on('POST /api/sign-in', () => new Response(null, { status: 204 }));
    setTimeout(() => submit('  abcd-efgh '));
    await oneEvent(form, 'signed-in');
    expect(JSON.parse(http.calls[0]?.body ?? '')).to.deep.equal({ setupCode: 'abcd-efgh' });
  });

  it('says in a sentence that a code is wrong, or was tried too often', async () => {
    http.on('POST /api/sign-in', () => refuse('wrong_setup_code', 401));
    submit('nope');
    await waitUntil(() => text(form, '[role=alert]').includes('not the setup code'));
    await expectAccessible(form);
    http.on('POST /api/sign-in', () => refuse('too_many_attempts', 429));
    submit('nope');
    await waitUntil(() => text(form, '[role=alert]').includes('Wait a minute'));
  });

  it('says that the box does not answer', async () => {
    submit('abcd');
    await waitUntil(() => text(form, '[role=alert]').includes('does not answer'));
  });
});
