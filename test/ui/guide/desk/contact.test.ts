import { aTimeout, expect, fixture, html } from '@open-wc/testing';
import type { TourDesk } from '../../../../ui/guide/desk/tour-desk.ts';
import '../../../../ui/guide/desk/tour-desk.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { box, deskTour } from '../../fake-box/tours.ts';
import { waitUntil } from '../../patience.ts';
import { deep, text } from '../../shadow.ts';

describe('contact with the box', () => {
  let http: FakeHttp;
  let sockets: FakeSockets;
  let desk: TourDesk;

  beforeEach(async () => {
    http = new FakeHttp();
    sockets = new FakeSockets();
    http.on('GET /api/box', () => json(box));
    desk = await fixture<TourDesk>(html`<ubizo-tour-desk .tourId=${'t1'}></ubizo-tour-desk>`);
    await opened(1);
    snapshot();
    await waitUntil(() => deep(desk, 'ubizo-state-panel'));
  });

  afterEach(() => {
    desk.remove();
    sockets.restore();
    http.restore();
  });

  const opened = (count: number): Promise<void> =>
    waitUntil(() => sockets.opened.length === count && sockets.last.readyState === WebSocket.OPEN);

  function snapshot(change: Parameters<typeof deskTour>[0] = {}): void {
    sockets.last.say({ type: 'tour', snapshot: true, tour: deskTour(change), captions: [] });
  }

  const talk = (): HTMLButtonElement => deep<HTMLButtonElement>(desk, '.talk')!;
  const state = (): string => text(desk, '[data-testid=tour-state]');
  const meaning = (): string => text(desk, '.meaning');
  const mutes = (): unknown[] =>
    sockets.last.received.filter((message) => (message as { type: string }).type === 'mute');

  it('is what a mute waits for: nobody is muted before the box has said so', async () => {
    talk().click();
    expect(mutes()).to.deep.equal([{ type: 'mute', muted: true }]);
    await waitUntil(() => text(desk, '.talk').includes('Muting…'));
    expect(meaning()).to.equal('Muting… Visitors may still hear you.');
    sockets.last.say({ type: 'tour-changed', changes: { muted: true } });
    await waitUntil(() => meaning() === 'You are muted: nobody hears you.');
    expect(text(desk, '.talk')).to.equal('Unmute');
  });

  it('is missed within three seconds, and then nothing old is shown', async () => {
    talk().click();
    // The box is silent from here on, while the socket seems well.
    await waitUntil(() => state() === 'No contact', 'alarm', { timeout: 3_000 });
    expect(meaning()).to.equal('No contact with the box. Visitors may still hear you.');
    expect(text(desk, '.talk')).to.contain('Muting…');
    const shown = ['ubizo-state-panel', 'ubizo-level-meter', '.now', '.them', '.who'];
    const all = shown.map((part) => text(desk, part)).join(' ');
    for (const old of ['LIVE', 'listening', 'I hear you']) expect(all).not.to.contain(old);
    expect(text(desk, '[data-testid=heard]')).to.equal('Not known');
    expect(deep(desk, 'ubizo-language-rows')).to.equal(null);
    expect(deep(desk, 'ubizo-people-panel')).to.equal(null);
    await expectAccessible(desk);
  });

  it('brings the truth back, and asks again for a mute that got lost', async () => {
    talk().click();
    sockets.last.lose();
    await waitUntil(() => state() === 'No contact');
    await opened(2);
    expect(state(), 'until the box has spoken').to.equal('No contact');
    snapshot({ muted: false });
    expect(mutes()).to.deep.equal([{ type: 'mute', muted: true }]);
    await waitUntil(() => state() === 'LIVE' && text(desk, '.talk').includes('Muting…'));
    sockets.last.say({ type: 'tour-changed', changes: { muted: true } });
    await waitUntil(() => meaning() === 'You are muted: nobody hears you.');
  });

  it('never lets a guide be heard who asked for that before it was lost', async () => {
    snapshot({ muted: true });
    await waitUntil(() => text(desk, '.talk') === 'Unmute');
    talk().click();
    sockets.last.lose();
    // It may have reached the box before that.
    await waitUntil(() => meaning() === 'No contact with the box. Visitors may still hear you.');
    await opened(2);
    snapshot({ muted: true });
    await waitUntil(() => text(desk, '.talk') === 'Unmute');
    expect(mutes()).to.deep.equal([]);
  });

  it('can be lost while the guide holds to talk', async () => {
    deep<HTMLInputElement>(desk, 'ubizo-talk-panel', '[value=push]')!.click();
    sockets.last.say({ type: 'tour-changed', changes: { muted: true } });
    await waitUntil(() => text(desk, '.talk') === 'Hold to talk');
    talk().dispatchEvent(new PointerEvent('pointerdown', { button: 0, pointerId: 1 }));
    await waitUntil(() => text(desk, '.talk') === 'Unmuting…');
    sockets.last.say({ type: 'tour-changed', changes: { muted: false } });
    await waitUntil(() => text(desk, '.talk') === 'You are heard');
    talk().dispatchEvent(new PointerEvent('pointerup'));
    await waitUntil(() => text(desk, '.talk') === 'Muting…');
    sockets.reachable = false;
    sockets.last.lose();
    await waitUntil(() => meaning() === 'No contact with the box. Visitors may still hear you.');
    expect(talk().getAttribute('aria-pressed')).to.equal('false');
  });

  it('is not lost while the box answers', async () => {
    const { last } = sockets;
    last.send = () => last.say({ type: 'pong' });
    // Longer than a silent box would be believed.
    await aTimeout(3_500);
    expect(state()).to.equal('LIVE');
  }).timeout(15_000);
});
