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

  /** Nothing is sent any more, as in a silence. */
  async quiet(): Promise<void> {
    for (const sender of this.peers.at(-1)?.getSenders() ?? []) await sender.replaceTrack(null);
  }

  /** An ICE restart, answered as the box does. */
  async restart({ body }: Call): Promise<Response> {
    const peer = this.peers.at(-1);
    const offered = peer?.remoteDescription?.sdp ?? '';
    const sdp = offered
      .replaceAll(/a=ice-ufrag:.*/g, lineOf('ice-ufrag', body))
      .replaceAll(/a=ice-pwd:.*/g, lineOf('ice-pwd', body));
    await peer?.setRemoteDescription({ type: 'offer', sdp });
    await peer?.setLocalDescription(await peer.createAnswer());
    if (peer) await gathered(peer);
    const answer = peer?.localDescription?.sdp ?? '';
    const candidates = answer.match(/a=candidate:.*/g) ?? [];
    const lines = [lineOf('ice-ufrag', answer), lineOf('ice-pwd', answer), ...candidates];
    return new Response(`${lines.join('\r\n')}\r\n`, { status: 200 });
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

const lineOf = (name: string, sdp: string): string => new RegExp(`a=${name}:.*`).exec(sdp)?.[0] ?? '';
