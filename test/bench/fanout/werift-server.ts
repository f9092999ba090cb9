import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { OPUS } from './sdp.ts';
import { type FanOutServer, serve } from './server.ts';

interface Listener {
  readonly connection: RTCPeerConnection;
  readonly track: MediaStreamTrack;
  readonly language: number;
  sequenceNumber: number;
}

/** werift as it comes: a connection and a track for each listener, a fresh packet for each frame, ICE-lite. */
class WeriftServer implements FanOutServer {
  private readonly listeners = new Map<string, Listener>();
  private lastId = 0;

  get size(): number {
    return this.listeners.size;
  }

  async open(language: number, offer: string): Promise<{ id: string; answer: string }> {
    const connection = new RTCPeerConnection({
      codecs: {
        audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 })],
      },
      iceLite: true,
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceInterfaceAddresses: { udp4: '127.0.0.1' },
    });
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    const track = new MediaStreamTrack({ kind: 'audio' });
    for (const transceiver of connection.getTransceivers()) {
      await transceiver.sender.replaceTrack(track);
      transceiver.setDirection('sendonly');
    }
    for (const transport of connection.dtlsTransports) transport.role = 'server';
    await connection.setLocalDescription(await connection.createAnswer());
    const id = String(++this.lastId);
    this.listeners.set(id, { connection, track, language, sequenceNumber: 0 });
    return { id, answer: connection.localDescription?.sdp ?? '' };
  }

  async close(id: string): Promise<void> {
    await this.listeners.get(id)?.connection.close();
    this.listeners.delete(id);
  }

  feed(language: number, payload: Buffer, timestamp: number): void {
    for (const listener of this.listeners.values()) {
      if (listener.language !== language) continue;
      listener.sequenceNumber = (listener.sequenceNumber + 1) & 0xffff;
      const header = new RtpHeader({
        payloadType: OPUS,
        sequenceNumber: listener.sequenceNumber,
        timestamp: timestamp % 2 ** 32,
      });
      listener.track.writeRtp(new RtpPacket(header, payload));
    }
  }
}

serve(() => Promise.resolve(new WeriftServer()));
