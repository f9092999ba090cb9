import { expect } from '@open-wc/testing';
import { FirstSound } from '../../../../ui/visitor/listen/first-sound.ts';

/** A connection whose receiver hands on packets once it is told to. */
function silentPeer(): { peer: RTCPeerConnection; sound: () => void } {
  let sources: RTCRtpSynchronizationSource[] = [];
  const receiver = { getSynchronizationSources: () => sources };
  return {
    peer: { getReceivers: () => [receiver] } as unknown as RTCPeerConnection,
    sound: () => (sources = [{ source: 1, timestamp: 1, rtpTimestamp: 1 }]),
  };
}

describe('the first sound', () => {
  it('is told once, when the element plays and a packet has reached the loudspeaker', async () => {
    const { peer, sound } = silentPeer();
    const element = { paused: true } as HTMLMediaElement & { paused: boolean };
    const told: number[] = [];
    let tell: (() => void) | undefined;
    const first = new FirstSound({
      element,
      peer: () => peer,
      tell: (ms) => {
        told.push(ms);
        tell?.();
        return true;
      },
    });
    const heard = new Promise<void>((resolve) => (tell = resolve));
    first.begin(performance.now());
    sound();
    // Three looks at an element that does not play, and none of them counts.
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(told).to.deep.equal([]);
    Object.assign(element, { paused: false });
    await heard;
    expect(told[0]).to.be.greaterThan(300);
    first.begin(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(told.length, 'a second tap of the same visit').to.equal(1);
  });
});
