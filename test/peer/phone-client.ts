import { EventEmitter, once } from 'node:events';
import { Decoder } from '@evan/opus';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtpHeader,
  RtpPacket,
  type RTCRtpTransceiver,
} from 'werift';
import type { SrtpProfile } from '../../appliance/peer/dtls.ts';
import { keepSteady } from './steady-handshake.ts';

const LOOPBACK = '127.0.0.1';
/** werift asks a public STUN server unless another is named; nobody answers here, and nobody waits for an answer. */
const NO_STUN = [{ urls: `stun:${LOOPBACK}:9` }];

const opus = (payloadType: number): RTCRtpCodecParameters =>
  new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType });

/** Each packet brings the one before it (RFC 2198). */
const red = new RTCRtpCodecParameters({
  mimeType: 'audio/red',
  clockRate: 48_000,
  channels: 2,
  payloadType: 63,
  parameters: '111/111',
});

export interface Packet {
  readonly sequenceNumber: number;
  readonly timestamp: number;
  readonly marker: boolean;
  readonly ssrc: number;
  readonly payloadType: number;
  readonly payload: Buffer;
  /** When it came, ms of `performance.now()`. */
  readonly at: number;
}

/** The other end of a connection: a real WebRTC client that offers over loopback, as a visitor's or guide's phone. */
export class PhoneClient {
  readonly packets: Packet[] = [];
  readonly connection: RTCPeerConnection;
  private readonly events = new EventEmitter();
  private readonly decoder = new Decoder({ channels: 1, sample_rate: 24_000 });
  private readonly transceiver: RTCRtpTransceiver;
  private readonly track = new MediaStreamTrack({ kind: 'audio' });
  private readonly profile: SrtpProfile | undefined;
  private candidate = '';
  private sequenceNumber = 60_000;
  private timestamp = 1_000;

  constructor({
    direction,
    payloadType = 111,
    profile,
    redundancy = false,
  }: {
    direction: 'recvonly' | 'sendonly';
    payloadType?: number;
    /** The only one that it has; else both. */
    profile?: SrtpProfile;
    /** What is lost is had from the next packet, and is among {@link packets} like the others. */
    redundancy?: boolean;
  }) {
    this.profile = profile;
    this.connection = new RTCPeerConnection({
      codecs: { audio: redundancy ? [red, opus(payloadType)] : [opus(payloadType)] },
      iceServers: NO_STUN,
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: [LOOPBACK],
      iceInterfaceAddresses: { udp4: LOOPBACK },
    });
    this.connection.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe(({ header, payload }) => {
        const { sequenceNumber, timestamp, marker, ssrc } = header;
        this.packets.push({
          sequenceNumber,
          timestamp,
          marker,
          ssrc,
          payloadType: header.payloadType,
          payload,
          at: performance.now(),
        });
        this.events.emit('change');
      });
    });
    this.connection.connectionStateChange.subscribe(() => this.events.emit('change'));
    this.transceiver = this.connection.addTransceiver(direction === 'sendonly' ? this.track : 'audio', {
      direction,
    });
  }

  /** The offer, without candidates: an ICE-lite box needs none. */
  async offer(): Promise<string> {
    const candidate = this.connection.onIceCandidate.asPromise();
    const offer = await this.connection.createOffer();
    // Not awaited: it would wait for the STUN server that is not there.
    this.connection.setLocalDescription(offer).catch(() => undefined);
    this.candidate = (await candidate)[0]?.candidate ?? '';
    const { dtlsTransports, localDescription } = this.connection;
    // The library has no setting for it.
    if (this.profile)
      for (const each of dtlsTransports) Object.assign(each, { srtpProfiles: [this.profile] });
    for (const each of dtlsTransports) keepSteady(each);
    if (!localDescription) throw new Error('There is no offer.');
    return localDescription.sdp;
  }

  /** This phone's own address, as it would be trickled. */
  get localCandidate(): string {
    return this.candidate;
  }

  async accept(answer: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /** @throws when it will never be. */
  async connected(): Promise<void> {
    await this.until(() => ['connected', 'failed', 'closed'].includes(this.connection.connectionState));
    const { connectionState } = this.connection;
    if (connectionState !== 'connected') throw new Error(`The phone's connection has ${connectionState}.`);
  }

  async received(count: number): Promise<void> {
    await this.until(() => this.packets.length >= count);
  }

  /** Resolves when `condition` is true, now or after something has changed. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.events, 'change');
  }

  /** What is heard in these packets, 24 kHz. */
  sound(packets: readonly Packet[] = this.packets): Int16Array {
    const pieces = packets.map(({ payload }) => {
      const bytes = this.decoder.decode(payload);
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    });
    const all = new Int16Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }

  /** Sends one Opus packet; `skip` leaves out as many sequence numbers, as a network that loses would. */
  async send(
    payload: Uint8Array,
    { skip = 0, duration = 960 }: { skip?: number; duration?: number } = {},
  ): Promise<void> {
    this.sequenceNumber = (this.sequenceNumber + 1 + skip) & 0xffff;
    this.timestamp += duration * (1 + skip);
    await this.sendAs(this.sequenceNumber, payload);
  }

  /** Sends a packet under a sequence number of its own. */
  async sendAs(sequenceNumber: number, payload: Uint8Array): Promise<void> {
    const { timestamp } = this;
    await this.transceiver.sender.sendRtp(
      new RtpPacket(
        new RtpHeader({ payloadType: 111, sequenceNumber, timestamp, marker: false }),
        Buffer.from(payload),
      ),
    );
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
