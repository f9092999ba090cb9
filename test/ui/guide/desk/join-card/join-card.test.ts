import { expect, fixture, html } from '@open-wc/testing';
import type { JoinCard } from '../../../../../ui/guide/desk/join-card/join-card.ts';
import '../../../../../ui/guide/desk/join-card/join-card.ts';
import { expectAccessible } from '../../../accessible.ts';
import { FakeHttp, json } from '../../../fake-box/fake-http.ts';
import { waitUntil } from '../../../patience.ts';
import { deep, text } from '../../../shadow.ts';

const use = { listeners: 0, mostListeners: 350, modelSessions: 0, outside: [] };
const narrowest = { of: 'heat', used: 0.3 };

const card = (): Promise<JoinCard> =>
  fixture<JoinCard>(
    html`<ubizo-join-card
      .name=${'Old Town'}
      .code=${'K7P2QX'}
      .url=${'http://10.77.0.1/j/K7P2QX'}
    ></ubizo-join-card>`,
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
    element.renderRoot.querySelector<HTMLButtonElement>('section .wide')!.click();
    const dialog = element.renderRoot.querySelector('dialog')!;
    expect(dialog.open).to.equal(true);
    await expectAccessible(dialog);
    const { width, height } = dialog.getBoundingClientRect();
    expect([width, height]).to.deep.equal([document.documentElement.clientWidth, window.innerHeight]);
    dialog.querySelector('button')!.click();
    expect(dialog.open).to.equal(false);
  });

  it('shows full screen what to do, for which tour, and the box’s own Wi-Fi beside it', async () => {
    const http = new FakeHttp();
    const wifi = { network: 'own', phase: 'up', ssid: 'Old; town', passphrase: 'a:b"c', canJoin: true };
    http.on('GET /api/box/state', () =>
      json({
        version: '1',
        guideUrl: 'http://b/guide',
        wifi,
        uplink: { via: 'none' },
        board: {},
        use,
        narrowest,
      }),
    );
    const element = await card();
    element.renderRoot.querySelector<HTMLButtonElement>('section .wide')!.click();
    await waitUntil(() => element.renderRoot.querySelector('figure'), 'the Wi-Fi');
    const dialog = element.renderRoot.querySelector('dialog')!;
    expect(dialog.textContent).to.contain('Scan to listen');
    expect(dialog.textContent).to.contain('Old Town');
    expect(element.renderRoot.querySelector('figure')?.textContent).to.contain('Old; town');
    const [tour, joining] = dialog.querySelectorAll('ubizo-qr-code');
    expect(joining?.text).to.equal(String.raw`WIFI:T:WPA;S:Old\; town;P:a\:b\"c;;`);
    await expectAccessible(dialog);
    const { width } = tour!.getBoundingClientRect();
    expect(width).to.be.greaterThan(0.5 * Math.min(window.innerWidth, window.innerHeight));
    http.restore();
  });

  it('has no Wi-Fi beside it where the Wi-Fi is somebody else’s', async () => {
    const http = new FakeHttp();
    const wifi = { network: 'tour', phase: 'up', ssid: 'Museum', canJoin: true };
    http.on('GET /api/box/state', () =>
      json({
        version: '1',
        guideUrl: 'http://b/guide',
        wifi,
        uplink: { via: 'none' },
        board: {},
        use,
        narrowest,
      }),
    );
    const element = await card();
    element.renderRoot.querySelector<HTMLButtonElement>('section .wide')!.click();
    await waitUntil(() => http.asked('GET /api/box/state').length === 1, 'the question');
    await element.updateComplete;
    expect(element.renderRoot.querySelector('figure') === null).to.equal(true);
    http.restore();
  });

  it('copies the link, and says that it has', async () => {
    let copied = '';
    const writeText = (text: string): Promise<void> => {
      copied = text;
      return Promise.resolve();
    };
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    const element = await card();
    const buttons = [...element.renderRoot.querySelectorAll<HTMLButtonElement>('.row button')];
    buttons.at(-1)!.click();
    await waitUntil(() => buttons.at(-1)?.textContent?.includes('Copied'), 'the word');
    expect(copied).to.equal('http://10.77.0.1/j/K7P2QX');
    Reflect.deleteProperty(navigator, 'clipboard');
  });
});
