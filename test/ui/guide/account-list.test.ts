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
    expect(text(list, 'li')).to.contain('Waits to be approved');
    expect(text(list, '[data-testid="account-owner@example.org"]')).to.contain('(you)');
    expect(deep(list, '[data-testid="account-owner@example.org"]', 'button') === null).to.equal(true);
  });

  const button = (words: string): HTMLButtonElement =>
    [...deep(list, '[data-testid="account-eva@example.org"]')!.querySelectorAll('button')].find(
      ({ textContent }) => textContent.trim().startsWith(words),
    )!;
  const sheet = (): string => text(list, 'ubizo-account-sheets');
  const yes = (): void =>
    deep<HTMLButtonElement>(list, 'ubizo-account-sheets', 'ubizo-sheet > button')!.click();
  const sent = (): unknown => JSON.parse(http.asked('PATCH /api/accounts/a2').at(-1)?.body ?? '');

  it('approves a guide at a touch, and can take that back', async () => {
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'active' }));
    button('Approve').click();
    await waitUntil(() => row().includes('Block'));
    expect(sent()).to.deep.equal({ status: 'active' });
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'locked' }));
    await waitUntil(() => text(list, 'ubizo-notice').includes('is approved'));
    deep<HTMLButtonElement>(list, 'ubizo-notice', 'button')!.click();
    await waitUntil(() => row().includes('Unblock'));
  });

  it('blocks only after it has said what follows, and can take it back', async () => {
    http.on('GET /api/accounts', () => json({ accounts: [account(), { ...EVA, status: 'active' }] }));
    list.waiting = 1;
    await list.updateComplete;
    list.waiting = 0;
    await waitUntil(() => row().includes('Block'));
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'locked' }));
    button('Block').click();
    await waitUntil(() => sheet().includes('Their tours go on under their name'));
    expect(http.asked('PATCH /api/accounts/a2')).to.have.length(0);
    await expectAccessible(list);
    yes();
    await waitUntil(() => row().includes('Unblock'));
    http.on('PATCH /api/accounts/a2', () => json({ ...EVA, status: 'active' }));
    deep<HTMLButtonElement>(list, 'ubizo-notice', 'button')!.click();
    await waitUntil(() => row().includes('Block'));
    expect(sent()).to.deep.equal({ status: 'active' });
  });

  it('asks before a role changes, and takes back one that is not to be or that the box refuses', async () => {
    http.on('PATCH /api/accounts/a2', () => refuse('last_owner', 409));
    const roles = (): HTMLSelectElement => deep(list, '[data-testid="account-eva@example.org"] select')!;
    const choose = async (role: string): Promise<void> => {
      roles().value = role;
      roles().dispatchEvent(new Event('change'));
      await waitUntil(() => sheet().includes('eva@example.org becomes'));
    };
    await choose('owner');
    expect(sheet()).to.contain('also block or delete you');
    deep<HTMLDialogElement>(list, 'ubizo-account-sheets', 'ubizo-sheet', 'dialog')!.close();
    await waitUntil(() => roles().value === 'guide');
    expect(http.asked('PATCH /api/accounts/a2')).to.have.length(0);
    await choose('attendee');
    yes();
    await waitUntil(() => text(list, 'ubizo-notice').includes('the only owner'));
    expect(roles().value).to.equal('guide');
  });

  it('gives a code to a guide who has forgotten the password', async () => {
    http.on('GET /api/accounts', () => json({ accounts: [account(), { ...EVA, status: 'active' }] }));
    list.waiting = 2;
    await list.updateComplete;
    list.waiting = 0;
    await waitUntil(() => row().includes('Forgotten password'));
    http.on('POST /api/accounts/a2/password-code', () =>
      json({ code: 'WXYZ2345', until: Date.UTC(2026, 10, 20, 9) }),
    );
    button('Forgotten password').click();
    await waitUntil(() => sheet().includes('Make sure that it is them'));
    yes();
    await waitUntil(() => text(list, '[data-testid=password-code]') === 'WXYZ2345');
    await expectAccessible(list);
  });

  it('deletes an account after a second thought', async () => {
    http.on('DELETE /api/accounts/a2', () => new Response(null, { status: 204 }));
    button('Delete').click();
    await waitUntil(() => sheet().includes('cannot be undone'));
    expect(http.asked('DELETE /api/accounts/a2')).to.have.length(0);
    yes();
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
