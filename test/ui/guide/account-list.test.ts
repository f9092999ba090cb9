import { expect, fixture, html } from '@open-wc/testing';
import type { AccountList } from '../../../ui/guide/accounts/account-list.ts';
import '../../../ui/guide/accounts/account-list.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { account } from '../fake-box/people.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

const EVA = account({ id: 'a2', email: 'eva@example.org', role: 'guide', status: 'waiting' });

describe('the accounts', () => {
  let http: FakeHttp;
  let list: AccountList;

  beforeEach(async () => {
    http = new FakeHttp();
    http.on('GET /api/accounts', () => json({ accounts: [account(), EVA] }));
    list = await fixture<AccountList>(html`<ubizo-account-list self="a1"></ubizo-account-list>`);
    await waitUntil(() => deep(list, 'li'));
  });

  afterEach(() => http.restore());

  const row = (): string => text(list, '[data-testid="account-eva@example.org"]');

  it('are accessible, and who waits comes first', async () => {
    await expectAccessible(list);
    expect(text(list, 'li')).to.contain('Waits to be let in');
    expect(text(list, '[data-testid="account-owner@example.org"]')).to.contain('(you)');
    expect(deep(list, '[data-testid="account-owner@example.org"]', 'button') === null).to.equal(true);
  });

  it('lets a guide in, and locks the account later', async () => {
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'active' }));
    deep<HTMLButtonElement>(list, 'li button.main')!.click();
    await waitUntil(() => row().includes('Lock'));
    expect(JSON.parse(http.asked('PATCH /api/accounts/a2')[0]?.body ?? '')).to.deep.equal({
      status: 'active',
    });
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'locked' }));
    deep<HTMLButtonElement>(list, '[data-testid="account-eva@example.org"] button')!.click();
    await waitUntil(() => row().includes('Unlock'));
  });

  it('takes back a role that the box refuses, and says why', async () => {
    http.on('PATCH /api/accounts/a2', () => refuse('last_owner', 409));
    const roles = deep<HTMLSelectElement>(list, '[data-testid="account-eva@example.org"] select')!;
    roles.value = 'attendee';
    roles.dispatchEvent(new Event('change'));
    await waitUntil(() => text(list, 'ubizo-notice').includes('the only owner'));
    expect(roles.value).to.equal('guide');
  });

  it('deletes an account after a second thought', async () => {
    http.on('DELETE /api/accounts/a2', () => new Response(null, { status: 204 }));
    deep<HTMLButtonElement>(list, '[data-testid="account-eva@example.org"] button.danger')!.click();
    expect(http.asked('DELETE /api/accounts/a2')).to.have.length(0);
    deep<HTMLButtonElement>(list, 'ubizo-sheet button.danger')!.click();
    await waitUntil(() => row() === '');
    expect(text(list, '.none')).to.contain('Only you so far.');
  });

  it('says what to do when the box does not answer', async () => {
    list.remove();
    http.off('GET /api/accounts');
    list = await fixture<AccountList>(html`<ubizo-account-list></ubizo-account-list>`);
    await waitUntil(() => text(list, 'ubizo-notice').includes('does not answer'));
  });
});
