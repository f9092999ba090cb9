import { expect, fixture, html } from '@open-wc/testing';
import { VisitorPage } from '../../../ui/visitor/visitor-page.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json, refuse } from '../fake-box/fake-http.ts';
import { FakeSockets } from '../fake-box/fake-sockets.ts';
import { FakeWhep } from '../fake-box/fake-whep.ts';
import { caption, channel, tour } from '../fake-box/tours.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

customElements.define('ubizo-visitor-page', VisitorPage);

describe('the visitor’s page', () => {
  const home = location.href;
  let http: FakeHttp;
  let sockets: FakeSockets;
  let whep: FakeWhep;
  let page: VisitorPage;

  beforeEach(() => {
    localStorage.clear();
    localStorage.setItem('ubizo.language', 'es');
    http = new FakeHttp();
    sockets = new FakeSockets();
    whep = new FakeWhep();
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    http.on('GET /api/live', () => json({ tours: [], box: 'Harbour' }));
    http.on('POST /api/join', () =>
      json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour() }, 201),
    );
    http.on('POST /whep', (call) => whep.answer(call));
    history.replaceState(null, '', '/j/K7P2QX');
  });

  afterEach(() => {
    page.remove();
    history.replaceState(null, '', home);
    whep.close();
    sockets.restore();
    http.restore();
  });

  async function open(): Promise<void> {
    page = await fixture<VisitorPage>(html`<ubizo-visitor-page></ubizo-visitor-page>`);
    await waitUntil(() => deep(page, 'button'), 'a first screen');
  }

  async function listen(): Promise<void> {
    await open();
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(
      () => sockets.opened.length > 0 && sockets.last.readyState === WebSocket.OPEN,
      'a socket',
    );
    snapshot();
    await waitUntil(() => text(page, '[data-testid=connection]').includes('Good'), 'a connection');
  }

  function snapshot(change: Parameters<typeof tour>[0] = {}, language = 'es'): void {
    sockets.last.say({
      type: 'tour',
      snapshot: true,
      tour: tour(change),
      language,
      captions: [caption('1', 'Bienvenidos.')],
    });
  }

  const said = async (words: string): Promise<void> =>
    waitUntil(
      () => text(page, 'ubizo-notice').includes(words),
      `“${words}” instead of “${text(page, 'ubizo-notice')}”`,
    );

  it('is accessible before and while listening', async () => {
    await listen();
    await expectAccessible(page);
    page.remove();
    history.replaceState(null, '', '/j/K7P2QX');
    await open();
    await expectAccessible(page);
  });

  it('shows the tour that came with the page, at once and without asking', async () => {
    const block = document.createElement('script');
    block.type = 'application/json';
    block.id = 'arrival';
    block.textContent = JSON.stringify({ tour: tour({ name: 'Came along' }), tours: [], box: 'Harbour' });
    document.head.append(block);
    await open();
    expect(text(page, 'h1')).to.equal('Came along');
    expect(http.asked('GET /api/tours/by-code/K7P2QX')).to.have.length(0);
  });

  it('is connected and silent before the tap, which then only plays', async () => {
    await open();
    await waitUntil(() => http.asked('POST /whep').length === 1, 'a connection');
    expect(http.asked('POST /whep')[0]?.path).to.equal('/whep?language=es&listening=no');
    await waitUntil(() => sockets.opened.length === 1, 'a socket');
    expect(sockets.last.url).to.contain('listening=no');
    const audio = deep<HTMLAudioElement>(page, 'audio')!;
    expect(audio.paused).to.equal(true);
    expect(sockets.last.received).to.deep.equal([]);
    deep<HTMLButtonElement>(page, '.listen')!.click();
    expect(audio.paused).to.equal(false);
    await waitUntil(() => sockets.last.received.length > 0, 'word of the tap');
    expect(sockets.last.received).to.deep.equal([{ type: 'listen' }]);
    expect(http.asked('POST /whep')).to.have.length(1);
  });

  it('tells the box again that it listens when the tap came before the socket', async () => {
    await listen();
    sockets.last.say({
      type: 'tour',
      snapshot: true,
      tour: tour(),
      language: 'es',
      captions: [],
      listening: false,
    });
    expect(sockets.last.received.at(-1)).to.deep.equal({ type: 'listen' });
  });

  it('finds the tour of the link and proposes the visitor’s language', async () => {
    await open();
    expect(text(page, 'h1')).to.equal('Old Town');
    expect(deep<HTMLInputElement>(page, 'input:checked')?.value).to.equal('es');
  });

  it('plays sound in an audio element and shows the captions', async () => {
    await listen();
    const audio = deep<HTMLAudioElement>(page, 'audio')!;
    expect(audio.srcObject).to.be.instanceOf(MediaStream);
    await waitUntil(() => !audio.paused && audio.currentTime > 0, 'sound');
    expect(text(page, '.lines')).to.contain('Bienvenidos.');
    expect(text(page, '.by-ai')).to.equal('Voice made by AI');
    await waitUntil(() => navigator.mediaSession.metadata !== null, 'the lock screen');
    expect(navigator.mediaSession.metadata?.title).to.equal('Old Town');
    expect(navigator.mediaSession.metadata?.artist).to.equal('Español');
  });

  it('shows a face for the voice that is heard, and whose it is', async () => {
    await listen();
    await waitUntil(() => deep(page, 'ubizo-face'), 'a face');
    const whose = (): string => text(page, 'ubizo-voice-face', '[data-testid=speaker]');
    expect(whose()).to.equal('Interpreter (AI)');
    sockets.last.say({ type: 'floor', you: 'none', voice: 'visitor' });
    await waitUntil(() => whose() === 'A visitor asks', 'the visitor who asks');
    snapshot();
    await waitUntil(() => whose() === 'Interpreter (AI)', 'the interpreter');
    deep<HTMLButtonElement>(page, '.main')!.click();
    await waitUntil(() => deep(page, 'ubizo-face') === null, 'no face');
  });

  it('switches language over the socket, without another negotiation', async () => {
    await listen();
    deep<HTMLButtonElement>(page, '.language')!.click();
    deep<HTMLInputElement>(page, 'ubizo-sheet', 'input[value=en]')!.click();
    await page.updateComplete;
    expect(sockets.last.received.at(-1)).to.deep.equal({ type: 'language', language: 'en' });
    expect(http.asked('POST /whep')).to.have.length(1);
    expect(text(page, '.by-ai')).to.equal('');
    expect(localStorage.getItem('ubizo.language')).to.equal('en');
  });

  it('asks again for the language when the box came back with another', async () => {
    await listen();
    sockets.last.lose();
    await waitUntil(() => sockets.opened.length === 2 && sockets.last.readyState === WebSocket.OPEN);
    snapshot({}, 'en');
    expect(sockets.last.received).to.deep.equal([{ type: 'language', language: 'es' }]);
    expect(text(page, '.lines')).to.equal('Bienvenidos.');
  });

  it('comes back to a box that was switched off and on, in the language that was switched to', async () => {
    await listen();
    deep<HTMLButtonElement>(page, '.language')!.click();
    deep<HTMLInputElement>(page, 'ubizo-sheet', 'input[value=en]')!.click();
    sockets.last.lose();
    await waitUntil(() => sockets.opened.length === 2 && sockets.last.readyState === WebSocket.OPEN);
    expect(sockets.last.url).to.match(/\/events\?token=tok&language=en$/u);
    snapshot({}, 'en');
    expect(sockets.last.received, 'nothing to ask for').to.deep.equal([]);
    const unknown = { quality: 'unknown', loss: 0, jitterMs: 0 };
    sockets.last.say({ type: 'listener', state: 'closed', language: 'en', ...unknown });
    await waitUntil(() => http.asked('POST /whep').length === 2, 'a new connection');
    expect(http.asked('POST /whep')[1]?.path).to.equal('/whep?language=en');
    await waitUntil(() => text(page, '[data-testid=connection]').includes('Good'), 'a connection');
    expect(http.asked('POST /whep')).to.have.length(2);
  });

  it('says that the connection is lost while it comes back by itself', async () => {
    await listen();
    sockets.reachable = false;
    sockets.last.lose();
    await said('The connection is lost and comes back by itself.');
    expect(text(page, '[data-testid=connection]')).to.equal('Reconnecting…');
  });

  it('lets a visitor read along while the box is full, and hear when there is room', async () => {
    http.on('POST /whep', () => refuse('listeners_full', 503));
    await open();
    deep<HTMLButtonElement>(page, '.listen')!.click();
    await waitUntil(() => sockets.opened.length > 0 && sockets.last.readyState === WebSocket.OPEN);
    snapshot();
    await said('Read along; the sound starts by itself when there is room.');
    expect(text(page, '[data-testid=connection]')).to.equal('Captions only');
    expect(text(page, '.lines')).to.contain('Bienvenidos.');
    http.on('POST /whep', (call) => whep.answer(call));
    await waitUntil(() => text(page, '[data-testid=connection]').includes('Good'), 'sound', {
      timeout: 10_000,
    });
  });

  it('connects anew as soon as the box says that it has lost the connection', async () => {
    await listen();
    const { language, loss } = { language: 'es', loss: 0 };
    sockets.last.say({ type: 'listener', state: 'closed', language, quality: 'good', loss, jitterMs: 0 });
    await waitUntil(() => http.asked('POST /whep').length === 2, 'a new offer');
    await waitUntil(() => text(page, '[data-testid=connection]').includes('Good'), 'sound');
  });

  it('says whose voice is heard while the translation is away', async () => {
    await listen();
    sockets.last.say({ type: 'channel', ...channel('es', { state: 'reconnecting' }) });
    await said('You hear the guide’s own voice.');
    expect(text(page, '.by-ai')).to.equal('');
    sockets.last.say({ type: 'channel', ...channel('es', { state: 'floor' }) });
    await said('There is no translation into Spanish now.');
    sockets.last.say({ type: 'channel', ...channel('es', { lagMs: 12_300 }) });
    await said('12 seconds behind');
    sockets.last.say({ type: 'channel', ...channel('es', { by: 'box', rough: true }) });
    await said('A rough translation by simple programs: it is often wrong.');
  });

  it('says in words that the tour waits, pauses, is muted or has ended', async () => {
    await listen();
    sockets.last.say({ type: 'tour-changed', changes: { state: 'ready' } });
    await said('not started yet');
    sockets.last.say({ type: 'tour-changed', changes: { state: 'paused' } });
    await said('paused the tour');
    sockets.last.say({ type: 'tour-changed', changes: { state: 'live', muted: true } });
    await said('microphone off');
    sockets.last.say({ type: 'tour-changed', changes: { muted: false, microphoneThere: false } });
    await said('The guide has no microphone at the moment.');
    sockets.last.say({ type: 'tour-changed', changes: { microphoneThere: true } });
    await waitUntil(() => !deep(page, 'ubizo-listen-notices', 'ubizo-notice'));
    sockets.last.say({ type: 'tour-changed', changes: { state: 'ended' } });
    await said('The tour has ended.');
    expect(text(page, 'ubizo-caption-stream'), 'nothing to press any more').not.to.contain('Press Listen');
    expect(deep<HTMLAudioElement>(page, 'audio')?.srcObject).to.equal(null);
    expect(whep.peers).to.have.length(1);
  });

  it('stops and starts again at the thumb', async () => {
    await listen();
    const button = (): HTMLButtonElement => deep(page, 'ubizo-listen-bar', '.main')!;
    expect(button().textContent).to.contain('Stop');
    button().click();
    await waitUntil(() => button().textContent.includes('Listen'));
    expect(text(page, '[data-testid=connection]')).to.equal('Stopped');
    button().click();
    await waitUntil(() => whep.peers.length === 2);
    expect(http.asked('POST /api/join')).to.have.length(1);
  });

  it('remembers how large the text is', async () => {
    await listen();
    const larger = deep<HTMLButtonElement>(page, '.sizes button:last-child')!;
    larger.click();
    await page.updateComplete;
    expect(deep(page, 'ubizo-caption-stream')?.style.getPropertyValue('--caption-size')).to.equal('1.75rem');
    expect(localStorage.getItem('ubizo.text-size')).to.equal('2');
  });

  it('joins anew when the box no longer knows the visit', async () => {
    await listen();
    sockets.last.say({ type: 'error', code: 'token_invalid', message: 'x' });
    await waitUntil(() => http.asked('POST /api/join').length === 2);
  });

  it('says what to do about a wrong code, and takes the next', async () => {
    http.on('GET /api/tours/by-code/K7P2QX', () => refuse('code_unknown', 404));
    await open();
    expect(text(page, '[role=alert]')).to.equal('There is no tour with this code. Check it with your guide.');
    await expectAccessible(page);
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    deep<HTMLInputElement>(page, 'input')!.value = 'K7P2QX';
    deep<HTMLFormElement>(page, 'form')!.requestSubmit();
    await waitUntil(() => text(page, 'h1') === 'Old Town');
  });

  it('says what to do when the box does not answer', async () => {
    http.off('GET /api/tours/by-code/K7P2QX');
    await open();
    await said('The tour box does not answer.');
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    deep<HTMLButtonElement>(page, 'ubizo-notice', 'button')!.click();
    await waitUntil(() => text(page, 'h1') === 'Old Town');
  });

  it('goes on by itself once the box answers', async () => {
    http.off('GET /api/tours/by-code/K7P2QX');
    await open();
    await said('The tour box does not answer.');
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    http.on('GET /api/sign-in', () => json({ claimed: true, passwordsHere: true }));
    await waitUntil(() => text(page, 'h1') === 'Old Town');
  });

  it('keeps the code form in front of who tries again', async () => {
    http.off('GET /api/tours/by-code/K7P2QX');
    await open();
    await said('The tour box does not answer.');
    const { promise, resolve: answer } = Promise.withResolvers<Response>();
    http.on('GET /api/tours/by-code/K7P2QX', () => promise);
    deep<HTMLButtonElement>(page, 'ubizo-notice', 'button')!.click();
    await waitUntil(() => deep(page, 'ubizo-notice') === null, 'no problem for now');
    expect(deep(page, 'ubizo-code-form') === null).to.equal(false);
    answer(json(tour()));
    await waitUntil(() => text(page, 'h1') === 'Old Town');
  });

  it('says that the guide has removed the visitor, and is silent', async () => {
    await listen();
    sockets.last.say({ type: 'error', code: 'attendee_removed', message: 'x' });
    sockets.last.lose();
    await said('Your guide has taken you off this tour.');
    expect(deep<HTMLAudioElement>(page, 'audio')?.srcObject).to.equal(null);
    expect(text(page, '.foot')).to.equal('Enter another code');
    expect(deep(page, 'ubizo-language-list') === null).to.equal(true);
    expect(sockets.opened, 'it does not come back by itself').to.have.length(1);
    await expectAccessible(page);
  });
});
