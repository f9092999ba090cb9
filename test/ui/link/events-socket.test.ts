import { aTimeout, expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import type { AttendeeEvent, AttendeeMessage } from '../../../appliance/protocol/events.ts';
import { EventsSocket } from '../../../ui/link/events-socket.ts';
import { parseAttendeeEvent } from '../../../ui/link/messages.ts';
import { FakeSockets } from '../fake-box/fake-sockets.ts';
import { caption, tour } from '../fake-box/tours.ts';
import { waitUntil } from '../patience.ts';

class Host extends LitElement {
  readonly events: AttendeeEvent[] = [];
  refused = 0;
  readonly socket = new EventsSocket<AttendeeEvent, AttendeeMessage>(this, {
    parse: parseAttendeeEvent,
    watch: { proof: 'anything' },
    onRefused: () => (this.refused += 1),
  });

  constructor() {
    super();
    this.socket.on('tour', (event) => this.events.push(event));
    this.socket.on('caption', (event) => this.events.push(event));
  }
}
customElements.define('events-socket-host', Host);

describe('the events socket', () => {
  let sockets: FakeSockets;
  let host: Host;

  beforeEach(() => {
    sockets = new FakeSockets();
    host = new Host();
    document.body.append(host);
  });

  afterEach(() => {
    host.remove();
    sockets.restore();
  });

  const snapshot = { type: 'tour', snapshot: true, tour: tour(), language: 'es', captions: [] };

  it('hears a snapshot, then deltas', async () => {
    host.socket.open('/events?token=abc');
    await waitUntil(() => host.socket.status === 'open');
    expect(sockets.last.url).to.match(/^ws:\/\/.*\/events\?token=abc$/u);
    sockets.last.say(snapshot);
    sockets.last.say({ type: 'caption', ...caption('1', 'Hola') });
    expect(host.events.map(({ type }) => type)).to.deep.equal(['tour', 'caption']);
  });

  it('tells each event to those who asked for its type, until they no longer do', async () => {
    const languages: string[] = [];
    const texts: string[] = [];
    const stop = host.socket.on('caption', ({ text }) => texts.push(text));
    host.socket.on('tour', ({ language }) => languages.push(language));
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say(snapshot);
    sockets.last.say({ type: 'caption', ...caption('1', 'Hola') });
    expect(languages).to.deep.equal(['es']);
    expect(texts).to.deep.equal(['Hola']);
    stop();
    sockets.last.say({ type: 'caption', ...caption('2', 'Adiós') });
    expect(texts).to.deep.equal(['Hola']);
    expect(
      host.events.map(({ type }) => type),
      'the others go on',
    ).to.deep.equal(['tour', 'caption', 'caption']);
  });

  it('tells in the order of asking, and not to who is stopped meanwhile', async () => {
    const heard: string[] = [];
    host.socket.on('caption', () => {
      heard.push('first');
      stop();
      host.socket.on('caption', () => heard.push('from the next on'));
    });
    const stop = host.socket.on('caption', () => heard.push('stopped'));
    host.socket.on('caption', () => heard.push('last'));
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say({ type: 'caption', ...caption('1', 'Hola') });
    expect(heard).to.deep.equal(['first', 'last']);
  });

  it('keeps its handlers over a lost connection', async () => {
    let heard = 0;
    host.socket.on('tour', () => (heard += 1));
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.lose();
    await waitUntil(() => sockets.opened.length === 2 && host.socket.status === 'open');
    sockets.last.say(snapshot);
    expect(heard).to.equal(1);
  });

  it('tells the others when one of them fails', async () => {
    const reported: unknown[] = [];
    const report = window.reportError;
    window.reportError = (error) => reported.push(error);
    const failure = new Error('one panel');
    const heard: string[] = [];
    host.socket.on('caption', () => {
      throw failure;
    });
    host.socket.on('caption', ({ text }) => heard.push(text));
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say({ type: 'caption', ...caption('1', 'Hola') });
    window.reportError = report;
    expect(heard).to.deep.equal(['Hola']);
    expect(reported).to.deep.equal([failure]);
  });

  it('passes over what it does not know or cannot read', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say({ type: 'question-from-a-newer-box' });
    sockets.last.say({ type: 'caption', text: 7 });
    sockets.last.dispatchEvent(new MessageEvent('message', { data: 'not json' }));
    expect(host.events).to.deep.equal([]);
    expect(host.socket.status).to.equal('open');
  });

  it('comes back by itself and asks for a new snapshot', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say(snapshot);
    sockets.last.lose();
    expect(host.socket.status).to.equal('waiting');
    await waitUntil(() => sockets.opened.length === 2 && host.socket.status === 'open');
    sockets.last.say(snapshot);
    expect(host.events).to.have.length(2);
  });

  it('comes back at once when the network does', async () => {
    sockets.reachable = false;
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'waiting');
    sockets.reachable = true;
    window.dispatchEvent(new Event('online'));
    await aTimeout(30);
    expect(host.socket.status).to.equal('open');
  });

  it('says when it was refused again and again', async () => {
    sockets.reachable = false;
    host.socket.open('/events');
    await waitUntil(() => host.refused === 1, 'refused', { timeout: 8_000 });
    expect(sockets.opened.length + sockets.streams.length).to.equal(3);
  });

  it('comes over plain HTTP where no WebSocket passes, and goes on so for the visit', async () => {
    const posted: string[] = [];
    const fetch = window.fetch.bind(window);
    window.fetch = (url, init) => {
      posted.push(`${(url as URL).pathname}${(url as URL).search} ${init?.body as string}`);
      return Promise.resolve(new Response(null, { status: 204 }));
    };
    try {
      sockets.reachable = false;
      sockets.streaming = true;
      host.socket.open('/events?token=abc');
      await waitUntil(() => host.socket.status === 'open');
      sockets.streams.at(-1)?.say(JSON.stringify(snapshot));
      expect(host.events).to.have.length(1);
      host.socket.send({ type: 'language', language: 'fr' });
      host.socket.send({ type: 'listen' });
      await waitUntil(() => posted.length === 2);
      expect(posted).to.deep.equal([
        '/events/1?token=abc {"type":"language","language":"fr"}',
        '/events/1?token=abc {"type":"listen"}',
      ]);
      sockets.streams.at(-1)?.lose();
      await waitUntil(() => sockets.streams.length === 2);
      expect(sockets.opened).to.have.length(1);
    } finally {
      window.fetch = fetch;
    }
  });

  it('goes with its element', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    host.remove();
    expect(sockets.last.readyState).to.equal(WebSocket.CLOSED);
    expect(host.socket.send({ type: 'language', language: 'es' })).to.equal(false);
  });

  it('finds out within three seconds that nobody answers, and tries anew', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    sockets.last.say(snapshot);
    expect(host.socket.lost).to.equal(false);
    await waitUntil(() => host.socket.lost, 'lost', { timeout: 3_000 });
    expect(sockets.opened[0]!.received).to.deep.include({ type: 'ping' });
    await waitUntil(() => sockets.opened.length === 2 && host.socket.status === 'open');
    expect(host.socket.lost, 'until the box has spoken').to.equal(true);
    sockets.last.say(snapshot);
    expect(host.socket.lost).to.equal(false);
  });

  it('stays with a box that answers, and asks nothing of one that speaks anyway', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    const { last } = sockets;
    last.say(snapshot);
    const speaking = setInterval(() => last.say({ type: 'caption', ...caption('1', 'Hola') }), 200);
    // Longer than a silent box would be believed.
    await aTimeout(3_000);
    clearInterval(speaking);
    expect(last.received).to.deep.equal([]);
    last.send = () => last.say({ type: 'pong' });
    await aTimeout(3_000);
    expect(sockets.opened).to.have.length(1);
  }).timeout(15_000);

  it('is not misled by a page that was asleep', async () => {
    host.socket.open('/events');
    await waitUntil(() => host.socket.status === 'open');
    const { last } = sockets;
    last.send = () => last.say({ type: 'pong' });
    last.say(snapshot);
    // Nothing runs meanwhile, as on a page that was frozen.
    for (const until = performance.now() + 4_000; performance.now() < until;);
    await aTimeout(600);
    expect(host.socket.lost).to.equal(false);
    expect(sockets.opened).to.have.length(1);
  }).timeout(15_000);
});
