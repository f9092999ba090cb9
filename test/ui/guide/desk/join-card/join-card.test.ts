import { expect, fixture, html } from '@open-wc/testing';
import type { JoinCard } from '../../../../../ui/guide/desk/join-card/join-card.ts';
import '../../../../../ui/guide/desk/join-card/join-card.ts';
import { expectAccessible } from '../../../accessible.ts';
import { deep, text } from '../../../shadow.ts';

const card = (): Promise<JoinCard> =>
  fixture<JoinCard>(
    html`<ubizo-join-card .code=${'K7P2QX'} .url=${'http://10.77.0.1/j/K7P2QX'}></ubizo-join-card>`,
  );

describe('the join card', () => {
  it('is accessible and shows code, link and QR code', async () => {
    const element = await card();
    await expectAccessible(element);
    expect(text(element, '[data-testid=tour-code]')).to.equal('K7P2QX');
    expect(element.renderRoot.querySelector('a')?.href).to.equal('http://10.77.0.1/j/K7P2QX');
    const qr = deep(element, 'svg[role=img]');
    expect(qr?.getAttribute('aria-label')).to.equal('QR code of the join link');
    expect(qr?.getAttribute('viewBox')).to.match(/^-4 -4 \d+ \d+$/u);
  });

  it('fills the screen with the QR code, and closes again', async () => {
    const element = await card();
    element.renderRoot.querySelector<HTMLButtonElement>('section button')!.click();
    const dialog = element.renderRoot.querySelector('dialog')!;
    expect(dialog.open).to.equal(true);
    await expectAccessible(dialog);
    const { width, height } = dialog.getBoundingClientRect();
    expect([width, height]).to.deep.equal([document.documentElement.clientWidth, window.innerHeight]);
    dialog.querySelector('button')!.click();
    expect(dialog.open).to.equal(false);
  });
});
