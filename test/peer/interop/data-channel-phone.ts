import { EventEmitter, once } from 'node:events';
import { Audio, PeerConnection, RtcpReceivingSession, type Track, Video } from 'node-datachannel';
import { RtpPacket } from 'werift';
import type { Packet } from '../phone-client.ts';

const OPUS = 111;
const RED = 63;

/** A phone by libdatachannel: libjuice's ICE, OpenSSL's DTLS, libsrtp; nothing of it is in the product. */
export class DataChannelPhone {
  readonly packets: Packet[] = [];
  private readonly connection: PeerConnection;
  private readonly track: Track;
  private readonly picture: Track | undefined;
  private readonly events = new EventEmitter();
  private readonly described: Promise<string>;

  /** @param video whether a picture is offered beside the sound, in one bundle, as OBS does. */
  constructor({ red, video = false }: { red: boolean; video?: boolean }) {
    this.connection = new PeerConnection('phone', { iceServers: [], bindAddress: '127.0.0.1' });
    const { promise, resolve } = Promise.withResolvers<string>();
    this.described = promise;
    this.connection.onLocalDescription((sdp) => resolve(sdp));
    this.connection.onStateChange(() => this.events.emit('change'));
    const audio = new Audio('0', 'RecvOnly');
    if (red) audio.addAudioCodec(RED, 'red', `${OPUS}/${OPUS}`);
    audio.addOpusCodec(OPUS);
    this.track = this.connection.addTrack(audio);
    // It opens on a thread of its own, a moment after the connection says that it stands.
    this.track.onOpen(() => this.events.emit('change'));
    if (video) {
      const picture = new Video('1', 'SendOnly');
      picture.addH264Codec(96);
      this.picture = this.connection.addTrack(picture);
    }
    this.track.setMediaHandler(new RtcpReceivingSession());
    this.track.onMessage((message) => this.hear(message));
  }

  offer(): Promise<string> {
    this.connection.setLocalDescription('offer');
    return this.described;
  }

  async connect(answer: string): Promise<void> {
    this.connection.setRemoteDescription(answer, 'answer');
    await this.until(() => this.connection.state() === 'connected' && this.track.isOpen());
  }

  /** Resolves when `condition` is true, now or after something has changed. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change');
  }

  /** Whether the picture has its place, though nothing is carried in it. */
  get pictureIsOpen(): boolean {
    return this.picture?.isOpen() ?? false;
  }

  close(): void {
    this.connection.close();
  }

  private hear(message: Buffer): void {
    const { header, payload } = RtpPacket.deSerialize(Buffer.from(message));
    const { sequenceNumber, timestamp, marker, ssrc, payloadType } = header;
    this.packets.push({
      sequenceNumber,
      timestamp,
      marker,
      ssrc,
      payloadType,
      payload,
      at: performance.now(),
    });
    this.events.emit('change');
  }
}
