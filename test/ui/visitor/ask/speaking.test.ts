import { expect } from '@open-wc/testing';
import { Speaking } from '../../../../ui/visitor/ask/speaking.ts';
import type { AttendeeSocket } from '../../../../ui/visitor/visit/attendee-socket.ts';
import { OwnVoice } from '../../../../ui/visitor/voice/own-voice.ts';
import { FakeHttp, refuse } from '../../fake-box/fake-http.ts';
import { FakeWhep } from '../../fake-box/fake-whep.ts';
import { waitUntil } from '../../patience.ts';
import { FakeTalk, standingHost } from '../conversation/host.ts';

/** With the browser's own pretended microphone, which beeps once a second. */
describe('speaking', () => {
  const host = standingHost();
  let sound: HTMLAudioElement;
  let ducks = true;
  let box: FakeTalk;
  let http: FakeHttp;
  let whip: FakeWhep;
  let voice: OwnVoice;
  let speaking: Speaking;

  beforeEach(() => {
    ducks = true;
    sound = document.createElement('audio');
    box = new FakeTalk();
    http = new FakeHttp();
    whip = new FakeWhep();
    http.on('POST /whip/floor/ask', (call) => whip.answer(call));
    http.on('DELETE /whep/session-1', () => new Response(null, { status: 204 }));
    voice = new OwnVoice(host, { tour: () => 't1', token: () => Promise.resolve('tok') });
    speaking = new Speaking(host, {
      events: box,
      socket: box as unknown as AttendeeSocket,
      voice,
      sound,
      ducks: () => ducks,
    });
  });

  afterEach(() => {
    speaking.done();
    whip.close();
    http.restore();
  });
  after(() => host.remove());

  const granted = (to: 'all' | 'guide'): void =>
    box.say({ type: 'floor', you: 'granted', to, endsAt: 1, voice: to === 'all' ? 'visitor' : 'guide' });
  const free = (): void => box.say({ type: 'floor', you: 'none', voice: 'guide' });
  const asked = (): object[] => box.sent.filter(({ type }) => type === 'floor');

  it('to the guide connects the microphone with the visitor’s pass, and is silent here meanwhile', async () => {
    await speaking.begin('guide');
    expect(asked()).to.deep.equal([{ type: 'floor', act: 'request', to: 'guide' }]);
    granted('guide');
    expect(speaking.state.is).to.equal('speaking');
    expect(speaking.countdown.left).to.equal(30);
    expect(sound.muted).to.equal(true);
    const { echoCancellation } = voice.track!.getSettings();
    expect(echoCancellation, 'not what the phone itself plays').not.to.equal(false);
    await waitUntil(() => voice.connected, 'a connection');
    expect(http.asked('POST /whip/floor/ask')[0]?.path).to.equal('/whip/floor/ask?tour=t1');
    expect(http.asked('POST /whip/floor/ask')[0]?.headers.get('authorization')).to.equal('Bearer tok');
    await waitUntil(() => speaking.levelDb > -90, 'a level');
    speaking.done();
    await waitUntil(() => speaking.state.is === 'idle', 'the last word');
    expect(asked().at(-1)).to.deep.equal({ type: 'floor', act: 'release' });
    expect(voice.track, 'the microphone is closed').to.equal(undefined);
    await waitUntil(() => !sound.muted, 'the tour is back');
    await waitUntil(() => http.asked('DELETE /whep/session-1').length === 1, 'the box is told');
  });

  it('to all waits in the queue, in silence, until it is their turn', async () => {
    await speaking.begin('all');
    expect(voice.track?.enabled, 'before the turn').to.equal(false);
    box.say({ type: 'floor', you: 'none', voice: 'visitor' });
    expect(speaking.state.is, 'somebody else speaks meanwhile').to.equal('asked');
    box.say({ type: 'floor', you: 'waiting', to: 'all', place: 2, voice: 'visitor' });
    expect(speaking.state).to.deep.equal({ is: 'waiting', to: 'all', place: 2 });
    expect(sound.muted).to.equal(false);
    granted('all');
    expect(voice.track?.enabled).to.equal(true);
    expect(speaking.floor).to.equal('visitor');
    free();
    expect(speaking.state, 'the guide speaks').to.deep.equal({ is: 'idle', ended: 'taken-back' });
    expect(sound.muted, 'not at once: own words would come late').to.equal(true);
    await waitUntil(() => !sound.muted, 'the tour is back');
  });

  it('to the guide goes on when the guide lets all hear it', async () => {
    await speaking.begin('guide');
    granted('guide');
    box.say({ type: 'floor', you: 'granted', to: 'all', endsAt: 9_000, voice: 'visitor' });
    expect(speaking.state).to.deep.equal({ is: 'speaking', to: 'all' });
    expect(speaking.countdown.left).to.equal(30);
  });

  it('is refused in words', async () => {
    await speaking.begin('all');
    box.say({ type: 'floor', you: 'waiting', to: 'all', place: 1, voice: 'guide' });
    free();
    expect(speaking.state).to.deep.equal({ is: 'idle', ended: 'refused' });
    await speaking.begin('guide');
    box.say({ type: 'error', code: 'voice_off', message: 'x' });
    expect(speaking.state).to.deep.equal({ is: 'idle', ended: 'refused' });
    http.on('POST /whip/floor/ask', () => refuse('asker_blocked', 403));
    await speaking.begin('guide');
    await waitUntil(() => speaking.state.is === 'idle', 'an end');
    expect(voice.problem).to.have.property('code', 'asker_blocked');
  });

  it('goes on over the tour where the guide has said so', async () => {
    ducks = false;
    await speaking.begin('guide');
    granted('guide');
    expect(sound.muted).to.equal(false);
  });

  it('that was let go before the microphone was there asks for nothing', async () => {
    const opening = speaking.begin('guide');
    speaking.done();
    await opening;
    expect(asked()).to.deep.equal([]);
    expect(voice.track).to.equal(undefined);
  });

  it('gives back a floor that a page before this one held', () => {
    granted('all');
    expect(asked()).to.deep.equal([{ type: 'floor', act: 'release' }]);
  });
});
