import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { TourDesk } from '../../../ui/guide/desk/tour-desk.ts';
import '../../../ui/guide/desk/tour-desk.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { FakeSockets } from '../fake-box/fake-sockets.ts';
import { box, caption, deskTour } from '../fake-box/tours.ts';
import { deep, text } from '../shadow.ts';

describe('the live desk', () => {
  let http: FakeHttp;
  let sockets: FakeSockets;
  let desk: TourDesk;

  beforeEach(async () => {
    http = new FakeHttp();
    sockets = new FakeSockets();
    http.on('GET /api/box', () => json(box));
    desk = await fixture<TourDesk>(html`<ubizo-tour-desk .tourId=${'t1'}></ubizo-tour-desk>`);
    await waitUntil(() => sockets.opened.length > 0 && sockets.last.readyState === WebSocket.OPEN);
    snapshot();
    await waitUntil(() => deep(desk, 'ubizo-state-panel'));
  });

  afterEach(() => {
    desk.remove();
    sockets.restore();
    http.restore();
  });

  function snapshot(change: Parameters<typeof deskTour>[0] = {}): void {
    const captions = [caption('1', 'Welcome.', { language: 'en' }), caption('2', 'Bienvenidos.')];
    sockets.last.say({ type: 'tour', snapshot: true, tour: deskTour(change), captions });
  }

  it('is accessible', async () => {
    await expectAccessible(desk);
  });

  it('shows the state, who listens and what was just said', async () => {
    await waitUntil(() => text(desk, '.lines') === 'Welcome.');
    expect(text(desk, '[data-testid=tour-state]')).to.equal('LIVE');
    expect(text(desk, '.meaning')).to.equal('Visitors listening: 6');
    expect(text(desk, '[data-testid=language-es]')).to.contain('Bienvenidos.');
  });

  it('follows the box', async () => {
    sockets.last.say({
      type: 'channel',
      language: 'es',
      state: 'live',
      lagMs: 0,
      rough: false,
      listeners: 30,
    });
    await waitUntil(() => text(desk, '[data-testid=language-es]', '.number') === '30');
    sockets.last.say({ type: 'tour-changed', changes: { state: 'paused' } });
    await waitUntil(() => text(desk, '[data-testid=tour-state]') === 'Paused');
    sockets.last.say({ type: 'microphone', id: 'alsa:default', state: 'lost' });
    await waitUntil(() =>
      text(desk, 'ubizo-microphone-panel', 'ubizo-notice').includes('The microphone is gone.'),
    );
  });

  it('takes a step and says when the box refuses it', async () => {
    http.on('POST /api/tours/t1/pause', () => json(deskTour({ state: 'paused' })));
    deep<HTMLButtonElement>(desk, '.steps button')!.click();
    await waitUntil(() => text(desk, '[data-testid=tour-state]') === 'Paused');
    http.on('POST /api/tours/t1/resume', () => refuse('tour_state', 409));
    deep<HTMLButtonElement>(desk, '.steps button')!.click();
    await waitUntil(() => text(desk, 'ubizo-notice').includes('present state of the tour'));
  });

  it('mutes over the socket, and again when the connection was lost meanwhile', async () => {
    deep<HTMLButtonElement>(desk, '.talk')!.click();
    expect(sockets.last.received).to.deep.equal([{ type: 'mute', muted: true }]);
    sockets.last.lose();
    await waitUntil(() => sockets.opened.length === 2 && sockets.last.readyState === WebSocket.OPEN);
    snapshot({ muted: false });
    expect(sockets.last.received).to.deep.equal([{ type: 'mute', muted: true }]);
  });

  it('says that what it shows may be old while the connection is lost', async () => {
    sockets.reachable = false;
    sockets.last.lose();
    await waitUntil(() => text(desk, 'ubizo-notice').includes('What you see here may be old.'));
  });

  it('asks to sign in again when the box no longer knows the guide', async () => {
    http.on('GET /api/sign-in', () => json({ claimed: true, passwordsHere: true }));
    http.on('POST /api/sign-in/refresh', () => refuse('not_signed_in', 401));
    let asked = 0;
    desk.addEventListener('sign-in-needed', () => (asked += 1));
    sockets.reachable = false;
    sockets.last.lose();
    await waitUntil(() => asked > 0, 'sign-in-needed', { timeout: 8_000 });
  });
});
