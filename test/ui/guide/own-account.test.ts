import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { OwnAccount } from '../../../ui/guide/account/own-account.ts';
import '../../../ui/guide/account/own-account.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account } from '../fake-box/people.ts';
import { deep, text } from '../shadow.ts';

describe('one’s own account', () => {
  let http: FakeHttp;
  let own: OwnAccount;

  beforeEach(async () => {
    http = new FakeHttp();
    own = await fixture<OwnAccount>(
      html`<ubizo-own-account .account=${account({ role: 'guide' })}></ubizo-own-account>`,
    );
  });

  afterEach(() => {
    localStorage.clear();
    http.restore();
  });

  function fill(field: string, password: string): HTMLInputElement {
    const input = deep<HTMLInputElement>(own, `ubizo-password-field[field=${field}] input`)!;
    input.value = password;
    return input;
  }

  it('is accessible', async () => {
    await expectAccessible(own);
  });

  it('changes the password with the present one, and says when that is wrong', async () => {
    http.on('PATCH /api/account', () => refuse('wrong_password', 401));
    fill('old', 'not this one');
    fill('new', 'three old towers').form!.requestSubmit();
    const said = (): string => text(own, 'ubizo-password-field[field=old] [role=alert]');
    await waitUntil(() => said().includes('do not belong together'));
    fill('old', 'x').dispatchEvent(new InputEvent('input', { bubbles: true }));
    await waitUntil(() => said() === '');
    http.on('PATCH /api/account', () => json(account({ role: 'guide' })));
    fill('old', 'a stone bridge').form!.requestSubmit();
    await waitUntil(() => text(own, '[role=status]') === 'Saved.');
    expect(JSON.parse(http.asked('PATCH /api/account').at(-1)?.body ?? '')).to.deep.equal({
      password: 'three old towers',
      currentPassword: 'a stone bridge',
    });
    expect(deep(own, 'ubizo-password-field[field=new] input')?.getAttribute('autocomplete')).to.equal(
      'new-password',
    );
  });

  it('takes no name of which nothing can be seen, and says so at the field', async () => {
    const name = deep<HTMLInputElement>(own, '#name')!;
    name.value = ' \u200B\u3164';
    name.form!.requestSubmit();
    await waitUntil(() => text(own, '#name-wrong').startsWith('Nothing of this name can be seen.'));
    expect(http.asked('PATCH /api/account')).to.have.length(0);
    expect(name.getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(own);
    name.value = '  ';
    name.dispatchEvent(new InputEvent('input'));
    await waitUntil(() => text(own, '#name-wrong') === '');
    http.on('PATCH /api/account', () => json(account({ role: 'guide' })));
    name.form!.requestSubmit();
    await waitUntil(() => text(own, '[role=status]') === 'Saved.');
    expect(JSON.parse(http.asked('PATCH /api/account')[0]?.body ?? '')).to.include({ name: '' });
  });

  it('is deleted with the password', async () => {
    http.on('DELETE /api/account', () => new Response(null, { status: 204 }));
    const last = fill('last', 'a stone bridge');
    setTimeout(() => last.form!.requestSubmit());
    await oneEvent(own, 'sign-in-needed');
    expect(JSON.parse(http.asked('DELETE /api/account')[0]?.body ?? '')).to.deep.equal({
      password: 'a stone bridge',
    });
  });

  it('says that the only owner cannot go', async () => {
    http.on('DELETE /api/account', () => refuse('last_owner', 409));
    deep<HTMLButtonElement>(own, 'button.plain.danger')!.click();
    fill('last', 'a stone bridge').form!.requestSubmit();
    await waitUntil(() => deep(own, 'ubizo-sheet ubizo-notice'));
    expect(text(own, 'ubizo-sheet ubizo-notice')).to.contain('the only owner');
    await expectAccessible(own);
  });
});
