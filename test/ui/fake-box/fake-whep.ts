import type { Call } from './fake-http.ts';

/** The box's end of WHEP and WHIP inside the page: a real peer connection that answers and hums. */
export class FakeWhep {
  readonly peers: RTCPeerConnection[] = [];
  private readonly audio = new AudioContext();

  async answer({ body }: Call): Promise<Response> {
    const peer = new RTCPeerConnection();
    this.peers.push(peer);
    if (body.includes('a=recvonly')) {
      const hum = this.audio.createOscillator();
      const out = this.audio.createMediaStreamDestination();
      hum.connect(out);
      hum.start();
      for (const track of out.stream.getTracks()) peer.addTrack(track);
    }
    await peer.setRemoteDescription({ type: 'offer', sdp: body });
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    return new Response(peer.localDescription?.sdp ?? '', {
      status: 201,
      headers: { 'content-type': 'application/sdp', location: `/whep/session-${this.peers.length}` },
    });
  }

  close(): void {
    for (const peer of this.peers) peer.close();
    void this.audio.close();
  }
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    if (peer.iceGatheringState === 'complete') resolve();
    peer.addEventListener('icegatheringstatechange', () => {
      if (peer.iceGatheringState === 'complete') resolve();
    });
  });
}
