import { expect, fixture, html } from '@open-wc/testing';
import { VisitorPage } from '../../../ui/visitor/visitor-page.ts';
import { expectAccessible } from '../accessible.ts';
import { FakeHttp, json } from '../fake-box/fake-http.ts';
import { FakeSockets } from '../fake-box/fake-sockets.ts';
import { FakeWhep } from '../fake-box/fake-whep.ts';
import { caption, channel, tour } from '../fake-box/tours.ts';
import { deep, text } from '../shadow.ts';
import { waitUntil } from '../patience.ts';

if (!customElements.get('ubizo-visitor-page')) customElements.define('ubizo-visitor-page', VisitorPage);

describe('a visitor who reads', () => {
  const home = location.href;
  let http: FakeHttp;
  let sockets: FakeSockets;
  let whep: FakeWhep;
  let page: VisitorPage;

  beforeEach(async () => {
    localStorage.clear();
    localStorage.setItem('ubizo.language', 'es');
    http = new FakeHttp();
    sockets = new FakeSockets();
    whep = new FakeWhep();
    http.on('GET /api/tours/by-code/K7P2QX', () => json(tour()));
    http.on('GET /api/live', () => json({ tours: [] }));
    http.on('POST /api/join', () =>
      json({ token: 'tok', whep: '/whep', events: '/events?token=tok', tour: tour() }, 201),
    );
    http.on('POST /whep', (call) => whep.answer(call));
    history.replaceState(null, '', '/j/K7P2QX');
    page = await fixture<VisitorPage>(html`<ubizo-visitor-page></ubizo-visitor-page>`);
    await waitUntil(() => deep(page, '.read'), 'the entrance');
  });

  afterEach(() => {
    page.remove();
    history.replaceState(null, '', home);
    whep.close();
    sockets.restore();
    http.restore();
  });

  const tap = (...path: string[]): void => deep<HTMLButtonElement>(page, ...path)!.click();

  async function read(): Promise<void> {
    tap('ubizo-choose-language', '.read');
    await waitUntil(
      () => sockets.opened.length > 0 && sockets.last.readyState === WebSocket.OPEN,
      'a socket',
    );
    snapshot(false);
    await waitUntil(() => text(page, '.lines').includes('Bienvenidos.'), 'captions');
  }

  function snapshot(listening: boolean): void {
    sockets.last.say({
      type: 'tour',
      snapshot: true,
      tour: tour(),
      language: 'es',
      captions: [caption('1', 'Bienvenidos.')],
      listening,
    });
  }

  const said = (): string => text(page, 'ubizo-notice');
  const announced = (): string => text(page, '[data-testid=announced]');

  const toldOfReading = (): unknown[] =>
    sockets.last.received.filter((message) => (message as { type: string }).type === 'reading');

  it('sees the captions at once and large, without sound, and the box knows', async () => {
    await read();
    expect(toldOfReading().at(-1)).to.deep.equal({ type: 'reading', language: 'es' });
    expect(deep<HTMLAudioElement>(page, 'audio')?.srcObject ?? null).to.equal(null);
    expect(deep(page, 'ubizo-caption-stream')?.style.getPropertyValue('--caption-size')).to.equal('2.25rem');
    expect(text(page, '[data-testid=connection]')).to.equal('Good connection');
    expect(text(page, 'ubizo-tour-strip', '.by-ai')).to.equal('Text made by AI');
    await expectAccessible(page);
  });

  it('can have new lines announced, also the next time', async () => {
    await read();
    expect(announced()).to.equal('');
    tap('ubizo-announce-switch', 'input');
    await waitUntil(() => announced() === 'Bienvenidos.');
    sockets.last.say({ type: 'caption', ...caption('2', 'La torre'), final: false });
    sockets.last.say({ type: 'caption', ...caption('2', 'La torre es vieja.') });
    await waitUntil(() => announced().includes('La torre es vieja.'));
    expect(localStorage.getItem('ubizo.announce')).to.equal('yes');
  });

  it('gets nothing any more after Stop, and everything again with one tap', async () => {
    await read();
    tap('ubizo-listen-bar', '.main');
    await waitUntil(() => text(page, 'ubizo-listen-bar').includes('Read only'));
    expect(toldOfReading().at(-1)).to.deep.equal({ type: 'reading', language: null });
    expect(text(page, '[data-testid=connection]')).to.equal('Stopped');
    sockets.last.say({ type: 'caption', ...caption('2', 'Too late.') });
    await page.updateComplete;
    expect(text(page, '.lines')).not.to.contain('Too late.');
    await expectAccessible(page);
    tap('ubizo-listen-bar', '.read');
    expect(toldOfReading().at(-1)).to.deep.equal({ type: 'reading', language: 'es' });
    sockets.last.say({ type: 'caption', ...caption('3', 'De nuevo.') });
    await waitUntil(() => text(page, '.lines').includes('De nuevo.'));
    expect(http.asked('POST /api/join')).to.have.length(1);
  });

  it('goes over to listening and back, each with one tap after Stop', async () => {
    await read();
    tap('ubizo-listen-bar', '.main');
    await waitUntil(() => text(page, 'ubizo-listen-bar').includes('Listen'));
    tap('ubizo-listen-bar', '.main');
    await waitUntil(() => deep<HTMLAudioElement>(page, 'audio')?.srcObject instanceof MediaStream, 'sound', {
      timeout: 5_000,
    });
    expect(sockets.last.received).to.deep.include({ type: 'listen' });
    expect(deep(page, 'ubizo-announce-switch')).to.equal(null);
  });

  it('is told whose words they read where nobody translates, and how good these are', async () => {
    await read();
    sockets.last.say({ type: 'channel', ...channel('es', { state: 'floor', by: 'guide' }) });
    await waitUntil(() => said().endsWith('You read the guide’s own words.'));
    expect(said()).to.contain('no translation into Spanish');
    sockets.last.say({ type: 'channel', ...channel('en', { by: 'guide', writtenBy: 'box' }) });
    await waitUntil(() => said().includes('by simple programs: they are often wrong.'));
  });

  it('is not promised words that nobody writes down', async () => {
    await read();
    sockets.last.say({ type: 'channel', ...channel('en', { by: 'guide', writtenBy: 'nobody' }) });
    sockets.last.say({ type: 'channel', ...channel('es', { state: 'floor', by: 'guide' }) });
    await waitUntil(() => text(page, 'ubizo-notice').includes('they can only be heard'));
    expect(text(page, 'ubizo-notice')).not.to.contain('another language');
    await expectAccessible(page);
  });

  it('is a reader still when the connection comes back', async () => {
    await read();
    sockets.last.lose();
    await waitUntil(() => sockets.opened.length > 1 && sockets.last.readyState === WebSocket.OPEN, 'again', {
      timeout: 5_000,
    });
    expect(new URL(sockets.last.url).searchParams.get('listening')).to.equal('no');
    snapshot(false);
    await waitUntil(() => toldOfReading().length > 0);
    expect(toldOfReading()).to.deep.equal([{ type: 'reading', language: 'es' }]);
  });
});
