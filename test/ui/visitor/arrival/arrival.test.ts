import { expect, fixture, html } from '@open-wc/testing';
import type { TourView } from '../../../../appliance/protocol/views.ts';
import { VisitorPage } from '../../../../ui/visitor/visitor-page.ts';
import { expectAccessible } from '../../accessible.ts';
import { FakeHttp, json, refuse } from '../../fake-box/fake-http.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';
import { caption, tour } from '../../fake-box/tours.ts';
import { deep, everything, text } from '../../shadow.ts';
import { waitUntil } from '../../patience.ts';

customElements.define('ubizo-visitor-page', VisitorPage);

describe('a visitor who arrives', () => {
  const home = location.href;
  let http: FakeHttp;
  let sockets: FakeSockets;
  let page: VisitorPage;
  let open: TourView[];

  beforeEach(() => {
    localStorage.clear();
    http = new FakeHttp();
    sockets = new FakeSockets();
    open = [];
    http.on('GET /api/live', () => json({ tours: open, box: 'Harbour' }));
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour({ state: 'ready' })));
    http.on('POST /api/join', () =>
      json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour({ state: 'ready' }) }, 201),
    );
    http.on('POST /whep', () => refuse('listeners_full', 503));
  });

  afterEach(() => {
    page.remove();
    history.replaceState(null, '', home);
    sockets.restore();
    http.restore();
  });

  async function arrive(path: string): Promise<void> {
    history.replaceState(null, '', path);
    page = await fixture<VisitorPage>(html`<ubizo-visitor-page></ubizo-visitor-page>`);
    await waitUntil(() => deep(page, 'button'), 'a first screen');
  }

  const said = async (words: string): Promise<void> =>
    waitUntil(() => everything(page).includes(words), words);

  it('by the box’s own sign is at the tour that goes on, and may look for another', async () => {
    open = [tour(), tour({ id: 't2', code: 'AAAAAA', name: 'Tomorrow', state: 'ready' })];
    await arrive('/');
    expect(text(page, 'h1')).to.equal('Old Town');
    expect(text(page, '.box')).to.equal('Harbour');
    expect(document.title).to.equal('Old Town · Harbour');
    await expectAccessible(page);
    deep<HTMLButtonElement>(page, 'button.plain')!.click();
    await waitUntil(() => deep(page, '#code'), 'the choice');
    await said('Join Tomorrow');
  });

  it('chooses when several tours go on', async () => {
    open = [tour(), tour({ id: 't2', code: 'AAAAAA', name: 'The other' })];
    await arrive('/');
    await said('Join Old Town');
    await said('Join The other');
    await expectAccessible(page);
  });

  it('sees the tour begin, change its languages and end, before and without a tap', async () => {
    await arrive('/j/K7P2QX');
    await said('has not started yet');
    await waitUntil(() => sockets.opened.length > 0, 'a socket');
    sockets.last.say({ type: 'tour-changed', changes: { state: 'live' } });
    await said('Live now');
    const view = tour({ languages: ['fr'] });
    sockets.last.say({
      type: 'tour',
      snapshot: true,
      tour: view,
      language: 'fr',
      captions: [],
      listening: false,
    });
    await said('Français');
    sockets.last.say({ type: 'tour-changed', changes: { state: 'ended' } });
    await said('The tour has ended');
    expect(everything(page)).not.to.contain('Live now');
  });

  it('sees the same while the entry code is still to be typed', async () => {
    http.on('POST /api/join', () => refuse('entry_code_needed', 401));
    await arrive('/j/K7P2QX');
    await waitUntil(() => deep(page, '#entry-code'), 'the question, before any tap');
    await waitUntil(() => sockets.opened.length > 0, 'a socket');
    expect(sockets.last.url).to.contain('/api/live/events');
    sockets.last.say({ type: 'open', tours: [tour()], box: 'Harbour' });
    await said('Live now');
    sockets.last.say({ type: 'open', tours: [], box: 'Harbour' });
    await said('The tour has ended');
  });

  it('is told calmly what is heard when their language is taken away', async () => {
    localStorage.setItem('ubizo.language', 'es');
    http.on('POST /whep', () => new Promise(() => undefined));
    await arrive('/j/K7P2QX');
    await waitUntil(() => sockets.opened.length > 0, 'a socket');
    deep<HTMLButtonElement>(page, '.listen')!.click();
    const view = tour({ languages: ['fr'] });
    sockets.last.say({
      type: 'tour',
      snapshot: true,
      tour: view,
      language: 'en',
      captions: [caption('1', 'Welcome.')],
    });
    sockets.last.say({ type: 'error', code: 'language_not_offered', message: 'Gone.' });
    await said('Spanish off this tour');
    expect(text(page, 'ubizo-notice')).not.to.contain('Try again');
    expect(localStorage.getItem('ubizo.language'), 'for the next tour').to.equal('es');
    await expectAccessible(page);
  });
});
