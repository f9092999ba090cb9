import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { TourDesk } from '../../../../ui/guide/desk/tour-desk.ts';
import '../../../../ui/guide/desk/tour-desk.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json, refuse } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { entranceView } from '../../fake-box/people.ts';
import { box, caption, deskTour } from '../../fake-box/tours.ts';
import { deep, text } from '../../shadow.ts';
import { waitUntil } from '../../patience.ts';

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

  it('says how full the box is, and what outside of it does not answer', async () => {
    const use = { type: 'box', listeners: 340, mostListeners: 350, modelSessions: 2 };
    sockets.last.say({ ...use, outside: [{ kind: 'captions', state: 'open' }] });
    const panel = (): string => text(desk, 'ubizo-use-panel');
    await waitUntil(() => panel().includes('340 of 350'));
    expect(panel()).to.contain('Captions service Does not answer');
    await expectAccessible(desk);
    sockets.last.say({ ...use, listeners: 12, outside: [] });
    await waitUntil(() => panel() === 'The whole box Phones that listen 12 of 350');
  });

  it('follows the box', async () => {
    sockets.last.say({
      type: 'channel',
      language: 'es',
      state: 'live',
      by: 'model',
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

  it('says for each step that it is under way until the box has answered', async () => {
    const answer = Promise.withResolvers<Response>();
    http.on('POST /api/tours/t1/pause', () => answer.promise);
    deep<HTMLButtonElement>(desk, '.steps button')!.click();
    await waitUntil(() => text(desk, '.steps').includes('Pausing…'));
    expect(text(desk, '[data-testid=tour-state]')).to.equal('LIVE');
    answer.resolve(json(deskTour({ state: 'paused' })));
    await waitUntil(() => text(desk, '[data-testid=tour-state]') === 'Paused');
    expect(text(desk, '.steps')).to.contain('Resume');
  });

  it('asks to sign in again when the box no longer knows the guide', async () => {
    http.on('GET /api/sign-in', () => json(entranceView()));
    http.on('POST /api/sign-in/refresh', () => refuse('not_signed_in', 401));
    let asked = 0;
    desk.addEventListener('sign-in-needed', () => (asked += 1));
    sockets.reachable = false;
    sockets.last.lose();
    await waitUntil(() => asked > 0, 'sign-in-needed', { timeout: 8_000 });
  });

  it('has a button to sign in beside the words that one is signed out', async () => {
    http.on('GET /api/sign-in', () =>
      json({ claimed: true, passwordsHere: true, signedIn: { role: 'owner' } }),
    );
    sockets.last.say({ type: 'error', code: 'not_signed_in', message: 'You are signed out.' });
    await waitUntil(() => text(desk, 'ubizo-notice').includes('You are signed out.'));
    const button = deep<HTMLButtonElement>(deep(desk, 'ubizo-notice')!, 'button')!;
    setTimeout(() => button.click());
    await oneEvent(desk, 'sign-in-needed');
  });

  it('takes an error back when its cause has gone', async () => {
    http.on('GET /api/sign-in', () => json({ claimed: true, passwordsHere: true }));
    deep<HTMLButtonElement>(desk, '.steps button')!.click();
    await waitUntil(() => text(desk, 'ubizo-notice').includes('does not answer'));
    await waitUntil(() => !deep(desk, 'ubizo-notice'));
  });

  it('asks to sign in at once when the sign-in was ended elsewhere', async () => {
    http.on('GET /api/sign-in', () => json(entranceView()));
    http.on('POST /api/sign-in/refresh', () => refuse('not_signed_in', 401));
    snapshot({ state: 'live', guide: { id: 'a2', name: 'Eva' } });
    sockets.last.say({ type: 'error', code: 'account_locked', message: 'This account is locked.' });
    setTimeout(() => sockets.last.lose(4401));
    const { detail } = await oneEvent(desk, 'sign-in-needed');
    expect(detail, 'why, and what of the tour').to.deep.equal({
      code: 'account_locked',
      tour: { name: 'Old Town', guide: 'Eva' },
    });
    expect(sockets.opened).to.have.length(1);
  });

  it('lists who is there, and removes one after a second thought', async () => {
    const eva = { id: 'v1', name: 'Eva', language: 'es', connected: true };
    snapshot({ attendees: [eva] });
    sockets.last.say({
      type: 'attendees',
      changed: [{ id: 'v2', language: 'ja', connected: false }],
      gone: [],
    });
    await waitUntil(() => text(desk, 'ubizo-people-panel', 'h2') === 'Visitors: 2');
    expect(text(desk, '[data-testid=attendee]')).to.contain('Eva Spanish');
    await expectAccessible(desk);
    const removed = Promise.withResolvers<Response>();
    http.on('DELETE /api/tours/t1/attendees/v1', () => removed.promise);
    deep<HTMLButtonElement>(desk, '[data-testid=attendee] button')!.click();
    expect(http.asked('DELETE /api/tours/t1/attendees/v1')).to.have.length(0);
    deep<HTMLButtonElement>(desk, 'ubizo-people-panel', 'button.danger.wide')!.click();
    await waitUntil(() => text(desk, '[data-testid=attendee]').includes('Removing…'));
    removed.resolve(new Response(null, { status: 204 }));
    await waitUntil(() => http.asked('DELETE /api/tours/t1/attendees/v1').length === 1);
    sockets.last.say({ type: 'attendees', changed: [], gone: ['v1'] });
    await waitUntil(() => text(desk, 'ubizo-people-panel', 'h2') === 'Visitors: 1');
  });

  it('shows what the tour has cost, warns, and raises the cap of this tour', async () => {
    const perLanguage = [{ language: 'es', usd: 8.5, listeners: 3 }];
    snapshot({ spend: { usd: 8.5, capUsd: 10, state: 'warn', perLanguage } });
    await waitUntil(() => text(desk, '[data-testid=spent]') === '$8.50');
    expect(text(desk, 'ubizo-spend-panel', 'ul')).to.equal('Spanish$8.50');
    expect(text(desk, 'ubizo-spend-panel', 'ubizo-notice')).to.contain('Four fifths');
    expect(deep(desk, 'ubizo-spend-panel', '[role=meter]')?.ariaValueNow).to.equal('8.5');
    await expectAccessible(desk);
    const raised = Promise.withResolvers<Response>();
    http.on('PATCH /api/tours/t1', () => raised.promise);
    deep<HTMLButtonElement>(desk, 'ubizo-spend-panel', 'button')!.click();
    await waitUntil(() => deep<HTMLInputElement>(desk, 'ubizo-spend-panel', '#cap')?.value === '15');
    deep<HTMLInputElement>(desk, 'ubizo-spend-panel', '#cap')!.form!.requestSubmit();
    await waitUntil(() => text(desk, 'ubizo-spend-panel').includes('Saving…'));
    raised.resolve(json(deskTour({ spend: { usd: 8.5, capUsd: 15, state: 'within', perLanguage } })));
    await waitUntil(() => text(desk, '.sum').includes('of $15'));
    expect(JSON.parse(http.asked('PATCH /api/tours/t1')[0]?.body ?? '')).to.deep.equal({ spendCapUsd: 15 });
  });

  it('says at the cap who is heard now', async () => {
    snapshot({ spend: { usd: 10, capUsd: 10, state: 'reached', perLanguage: [] } });
    await waitUntil(() => text(desk, 'ubizo-spend-panel', 'ubizo-notice').includes('has stopped'));
    await expectAccessible(desk);
    snapshot({ spend: { usd: 10, capUsd: 10, state: 'reached', perLanguage: [] }, raisableToUsd: 10 });
    await waitUntil(() =>
      text(desk, 'ubizo-spend-panel', 'ubizo-notice').includes('only the owner can raise it'),
    );
    expect(deep(desk, 'ubizo-spend-panel', 'section button') === null).to.equal(true);
  });

  it('lets a guide raise the budget as far as the owner does, and says so at the field', async () => {
    const spend = { usd: 10, capUsd: 10, state: 'reached' as const, perLanguage: [] };
    snapshot({ spend, raisableToUsd: 12 });
    await waitUntil(() => deep(desk, 'ubizo-spend-panel', 'section button') !== null);
    deep<HTMLButtonElement>(desk, 'ubizo-spend-panel', 'section button')!.click();
    await waitUntil(() => deep<HTMLInputElement>(desk, 'ubizo-spend-panel', '#cap')?.value === '12');
    const cap = deep<HTMLInputElement>(desk, 'ubizo-spend-panel', '#cap')!;
    cap.value = '13';
    cap.dispatchEvent(new InputEvent('input', { bubbles: true }));
    cap.form!.requestSubmit();
    await waitUntil(() => text(desk, 'ubizo-spend-panel', '#cap-hint[role=alert]').includes('go up to $12'));
    cap.value = '11';
    cap.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await waitUntil(() => text(desk, 'ubizo-spend-panel', '#cap-hint[role=alert]') === '');
  });

  it('says nothing of cost where nothing costs', async () => {
    snapshot({ spend: { usd: 0, capUsd: 20, state: 'within', perLanguage: [] } });
    await waitUntil(() => deep(desk, 'ubizo-spend-panel') !== null);
    expect(text(desk, 'ubizo-spend-panel')).to.equal('');
  });

  it('offers the transcripts of an ended tour in every format, and erases them', async () => {
    const spoken = { lines: 12, from: 0, to: 1 };
    http.on('GET /api/tours/t1/transcripts', () =>
      json({
        transcripts: [
          { language: 'en', ...spoken },
          { language: 'es', ...spoken },
        ],
        keepDays: 30,
      }),
    );
    snapshot({ state: 'ended', endedAt: '2026-11-20T10:00:00Z' });
    await waitUntil(() => deep(desk, '[data-testid=transcript-es]'));
    const links = [...deep(desk, '[data-testid=transcript-es]')!.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).to.deep.equal(
      ['txt', 'srt', 'vtt'].map((format) => `/api/tours/t1/transcripts/es?format=${format}`),
    );
    await expectAccessible(desk);
    http.on('DELETE /api/tours/t1/transcripts', () => new Response(null, { status: 204 }));
    http.on('GET /api/tours/t1/transcripts', () => json({ transcripts: [], keepDays: 30 }));
    deep<HTMLButtonElement>(desk, 'ubizo-transcripts-panel', 'button.danger.wide')!.click();
    await waitUntil(() => text(desk, 'ubizo-transcripts-panel').includes('Nothing is written down'));
  });
});
