import { expect } from '@open-wc/testing';
import { Calling } from '../../../../ui/visitor/call/calling.ts';
import type { AttendeeSocket } from '../../../../ui/visitor/visit/attendee-socket.ts';
import { OwnVoice } from '../../../../ui/visitor/voice/own-voice.ts';
import { FakeHttp } from '../../fake-box/fake-http.ts';
import { FakeWhep } from '../../fake-box/fake-whep.ts';
import { FakeTalk, standingHost } from '../conversation/host.ts';

describe('a call to the guide', () => {
  const host = standingHost();
  let box: FakeTalk;
  let http: FakeHttp;
  let whip: FakeWhep;
  let voice: OwnVoice;
  let calling: Calling;

  beforeEach(() => {
    box = new FakeTalk();
    http = new FakeHttp();
    whip = new FakeWhep();
    http.on('POST /whip/floor/ask', (call) => whip.answer(call));
    http.on('DELETE /whep/session-1', () => new Response(null, { status: 204 }));
    voice = new OwnVoice(host, { tour: () => 't1', token: () => Promise.resolve('tok') });
    calling = new Calling(host, { events: box, socket: box as unknown as AttendeeSocket, voice });
  });

  afterEach(() => {
    calling.hangUp();
    whip.close();
    http.restore();
  });
  after(() => host.remove());

  it('rings in silence, is spoken into once it is taken, and ends with what it came to', async () => {
    await calling.ring();
    expect(box.sent).to.deep.equal([{ type: 'call', act: 'ring' }]);
    expect(voice.track?.enabled, 'while it rings').to.equal(false);
    box.say({ type: 'call', state: 'ringing' });
    box.say({ type: 'call', state: 'active', endsAt: 7, interpreted: true });
    expect(calling.state).to.deep.equal({ is: 'active', interpreted: true });
    expect(voice.track?.enabled).to.equal(true);
    expect(calling.countdown.left).to.equal(300);
    box.say({ type: 'call', state: 'ended', end: 'over' });
    expect(calling.state).to.deep.equal({ is: 'ended', end: 'over' });
    expect(voice.track).to.equal(undefined);
  });

  it('that the box does not take is over, and so is one that it knows no more', async () => {
    await calling.ring();
    box.say({ type: 'call', state: 'none' });
    expect(calling.on, 'not heard of yet').to.equal(true);
    box.say({ type: 'error', code: 'box_busy', message: 'x' });
    expect(calling.state).to.deep.equal({ is: 'ended', end: 'declined' });
    await calling.ring();
    box.say({ type: 'call', state: 'ringing' });
    box.say({ type: 'call', state: 'none' });
    expect(calling.state).to.deep.equal({ is: 'ended', end: 'lost' });
  });

  it('is hung up by the visitor', async () => {
    await calling.ring();
    calling.hangUp();
    expect(box.sent.at(-1)).to.deep.equal({ type: 'call', act: 'hang-up' });
    expect(voice.track).to.equal(undefined);
  });

  it('that a page before this one made is hung up', () => {
    box.say({ type: 'call', state: 'ringing' });
    expect(box.sent).to.deep.equal([{ type: 'call', act: 'hang-up' }]);
    expect(calling.on).to.equal(false);
  });
});
