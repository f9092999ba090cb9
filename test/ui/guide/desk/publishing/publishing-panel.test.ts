import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { PublishingPanel } from '../../../../../ui/guide/desk/publishing/publishing-panel.ts';
import '../../../../../ui/guide/desk/publishing/publishing-panel.ts';
import { expectAccessible } from '../../../accessible.ts';
import { FakeHttp, json, refuse } from '../../../fake-box/fake-http.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, text } from '../../../shadow.ts';

const PATH = '/api/tours/t1/publishing-token';
const CREATED = Date.UTC(2026, 10, 20);

describe('sound from another program', () => {
  let http: FakeHttp;
  let panel: PublishingPanel;

  beforeEach(async () => {
    http = new FakeHttp();
    http.on(`GET ${PATH}`, () => json({}));
    http.on(`POST ${PATH}`, () => json({ token: 'T0K3N', whip: '/whip/floor', createdAt: CREATED }, 201));
    http.on(`DELETE ${PATH}`, () => new Response(null, { status: 204 }));
    panel = await fixture<PublishingPanel>(
      html`<ubizo-publishing-panel .tourId=${'t1'}></ubizo-publishing-panel>`,
    );
  });

  afterEach(() => http.restore());

  async function open(): Promise<void> {
    deep(panel, 'summary')!.click();
    await waitUntil(() => button('Make a token'));
  }

  const button = (words: string): HTMLButtonElement | undefined =>
    [...panel.renderRoot.querySelectorAll('button')].find((each) => each.textContent.trim() === words);
  const values = (): string[] =>
    [...panel.renderRoot.querySelectorAll('ubizo-copy-field')].map(({ value }) => value);

  it('asks the box for nothing until it is unfolded', async () => {
    expect(http.calls).to.have.length(0);
    await expectAccessible(panel);
    await open();
    expect(http.asked(`GET ${PATH}`)).to.have.length(1);
  });

  it('shows a new token with its address, to be copied', async () => {
    await open();
    button('Make a token')!.click();
    await waitUntil(() => values().length === 2);
    expect(values()).to.deep.equal([`${location.origin}/whip/floor`, 'T0K3N']);
    await expectAccessible(panel);
    const field = panel.renderRoot.querySelectorAll('ubizo-copy-field')[1]!;
    // A browser copies only what a person asks for.
    deep<HTMLButtonElement>(field, 'button')!.focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => text(field, '[role=status]') === 'Copied.');
  });

  it('shows a token once, and takes it back when that is meant', async () => {
    http.on(`GET ${PATH}`, () => json({ createdAt: CREATED }));
    await open();
    expect(values()).to.deep.equal([]);
    expect(text(panel, '.inside')).to.contain('A new one takes its place.');
    button('Revoke the token')!.click();
    expect(deep<HTMLDialogElement>(panel, '#revoke', 'dialog')?.open).to.equal(true);
    expect(deep(panel, '#revoke')?.textContent).to.contain('is cut off at once');
    await expectAccessible(panel);
    expect(http.asked(`DELETE ${PATH}`)).to.have.length(0);
    button('Yes, revoke it')!.click();
    await waitUntil(() => http.asked(`DELETE ${PATH}`).length === 1 && !button('Revoke the token'));
  });

  it('asks before a new token puts an end to the one of now', async () => {
    http.on(`GET ${PATH}`, () => json({ createdAt: CREATED }));
    await open();
    button('Make a token')!.click();
    expect(deep<HTMLDialogElement>(panel, '#another', 'dialog')?.open).to.equal(true);
    expect(http.asked(`POST ${PATH}`)).to.have.length(0);
    button('Yes, make a new one')!.click();
    await waitUntil(() => values().includes('T0K3N'));
    expect(deep<HTMLDialogElement>(panel, '#another', 'dialog')?.open).to.equal(false);
  });

  it('says why there is none', async () => {
    http.on(`POST ${PATH}`, () => refuse('tour_over', 410));
    await open();
    button('Make a token')!.click();
    await waitUntil(() => text(panel, 'ubizo-notice').includes('This tour is over.'));
    await expectAccessible(panel);
  });
});
