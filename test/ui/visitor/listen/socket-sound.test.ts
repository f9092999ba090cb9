import { expect } from '@open-wc/testing';
import { writeSoundFrame } from '../../../../appliance/protocol/sound-frame.ts';
import { SocketSound } from '../../../../ui/visitor/listen/ways/socket-sound.ts';
import { FakeSockets } from '../../fake-box/fake-sockets.ts';

/** 20 ms of silence (RFC 6716). */
const SOUND = Uint8Array.of(0xf8, 0xff, 0xfe);
const FRAME_MS = 20;

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Counts what is given to it to be played. */
class CountingContext extends AudioContext {
  played = 0;

  override createBufferSource(): AudioBufferSourceNode {
    this.played++;
    return super.createBufferSource();
  }
}

describe('sound over a socket', () => {
  let sockets: FakeSockets;
  let context: CountingContext;
  const lost: string[] = [];

  beforeEach(() => {
    sockets = new FakeSockets();
    context = new CountingContext({ sampleRate: 48_000 });
    lost.length = 0;
  });

  afterEach(async () => {
    sockets.restore();
    await context.close();
  });

  it('is not gathered while the phone plays nothing, and is lost after a while', async () => {
    const sound = new SocketSound({
      context,
      token: () => Promise.resolve('pass'),
      code: () => 'ABCDEF',
      tour: () => 'tour',
      element: new Audio(),
      onLost: (reason) => lost.push(reason),
      onClosed: () => undefined,
    });
    const opening = sound.open('en');
    while (sockets.opened.length === 0) await later(10);
    let sequence = 0;
    const speak = setInterval(() => {
      const timestamp = Math.round(performance.now() * 48);
      const frame = { marker: false, pcm: false, duration: FRAME_MS * 48, sequence: sequence++, timestamp };
      const { buffer: data } = writeSoundFrame({ ...frame, sound: SOUND });
      sockets.last.dispatchEvent(new MessageEvent('message', { data }));
    }, FRAME_MS);
    expect(await opening).to.deep.equal({ is: 'playing' });
    await later(300);
    expect(context.played).to.be.greaterThan(5);
    expect(sound.played()?.packets).to.equal(context.played);
    await context.suspend();
    expect(sound.played(), 'it says nothing of the network').to.equal(undefined);
    const before = context.played;
    await later(3_300);
    clearInterval(speak);
    expect(context.played).to.equal(before);
    expect(lost).to.deep.equal(['no-sound']);
    sound.close();
  });
});
