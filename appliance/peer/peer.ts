import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RtcpPacket,
  RtcpRrPacket,
  RtcpSrPacket,
  RtpHeader,
  RtpPacket,
} from 'werift';
import { UbizoError } from '../protocol/errors.ts';
import { fragmentOfAnswer, type IceFragment, withIceCredentials } from './ice-fragment.ts';
import type { Offer } from './offer.ts';
import { readReport, type ReceiverReport } from './receiver-report.ts';

export type PeerState = 'connecting' | 'connected' | 'disconnected' | 'closed';

export interface PeerOptions {
  /** The box's own addresses that the other side can reach; one UDP socket each. */
  readonly addresses: readonly string[];
  readonly portRange?: readonly [number, number] | undefined;
  readonly onState: (state: PeerState) => void;
  /** Opus payloads as they arrive, when the peer sends (RFC 7587: clock 48 kHz). */
  readonly onPacket?: (payload: Buffer, sequenceNumber: number, timestamp: number) => void;
  readonly onReport?: (report: ReceiverReport) => void;
  /** The other side has shown that it is still there (a STUN check, RFC 7675). */
  readonly onHeard?: () => void;
}

const OPUS = new RTCRtpCodecParameters({
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  parameters: 'minptime=10;useinbandfec=1',
});
const MAX_EARLY_CANDIDATES = 64;

/**
 * One WebRTC connection in which the box answers: ICE-lite with host candidates only, so one answer says it all,
 * and DTLS server, so the library does not sleep before its hello. It never asks a STUN server.
 */
export class Peer {
  private readonly options: PeerOptions;
  private readonly connection: RTCPeerConnection;
  private readonly earlyCandidates: string[] = [];
  private track: MediaStreamTrack | undefined;
  private offer: Offer | undefined;
  private answered = false;
  private restarting = false;
  private lastState: PeerState = 'connecting';

  constructor(options: PeerOptions) {
    this.options = options;
    const [only] = options.addresses;
    this.connection = new RTCPeerConnection({
      codecs: { audio: [OPUS] },
      iceLite: true,
      iceServers: [],
      // Off, so that the library adds no address of its own to the ones named here.
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceFilterStunResponse: () => {
        options.onHeard?.();
        return true;
      },
      iceAdditionalHostAddresses: [...options.addresses],
      ...(options.addresses.length === 1 && only && { iceInterfaceAddresses: { udp4: only } }),
      ...(options.portRange && { icePortRange: [...options.portRange] as [number, number] }),
    });
    this.connection.connectionStateChange.subscribe(() => this.changed());
    // Before the offer is applied: the track is announced while that happens.
    if (options.onPacket) this.connection.onTrack.subscribe((track) => this.receive(track));
  }

  get state(): PeerState {
    return this.lastState;
  }

  /** @returns the SDP answer, complete with candidates. @throws UbizoError `bad_sdp`, `unsupported_sdp`. */
  async answer(offer: Offer): Promise<string> {
    this.offer = offer;
    const answer = await this.negotiate(offer.sdp);
    this.answered = true;
    for (const candidate of this.earlyCandidates.splice(0)) await this.addCandidate(candidate);
    return answer;
  }

  /** Trickled candidates; those that come before the offer are kept. @throws UbizoError `bad_sdp`. */
  async addCandidates(candidates: readonly string[]): Promise<void> {
    for (const candidate of candidates) {
      if (this.answered) await this.addCandidate(candidate);
      else if (this.earlyCandidates.length < MAX_EARLY_CANDIDATES) this.earlyCandidates.push(candidate);
    }
  }

  /**
   * A fragment from a PATCH: candidates, or, when its credentials are new, an ICE restart.
   * @returns the fragment that answers a restart. @throws UbizoError `bad_sdp`.
   */
  async apply(fragment: IceFragment): Promise<string | undefined> {
    const { userFragment } = fragment;
    if (userFragment && this.offer && userFragment !== this.offer.userFragment) return this.restart(fragment);
    await this.addCandidates(fragment.candidates);
    return undefined;
  }

  /** Sends one Opus frame. The packet is made anew for each peer: the library rewrites and keeps what it is given. */
  send(
    payload: Buffer,
    { sequenceNumber, timestamp, marker }: { sequenceNumber: number; timestamp: number; marker: boolean },
  ): void {
    if (!this.track || this.lastState === 'closed') return;
    this.track.writeRtp(
      new RtpPacket(new RtpHeader({ payloadType: 111, sequenceNumber, timestamp, marker }), payload),
    );
  }

  async close(): Promise<void> {
    await this.connection.close();
    this.emit('closed');
  }

  /** ICE restart (RFC 8445, 9). Media pauses until the other side has checked the new path: one round trip or two. */
  private async restart(fragment: IceFragment): Promise<string> {
    const { userFragment, password } = fragment;
    if (!this.offer || !userFragment || !password)
      throw new UbizoError('bad_sdp', 'An ICE restart needs a=ice-ufrag and a=ice-pwd.');
    this.restarting = true;
    const sdp = withIceCredentials(this.offer.sdp, { userFragment, password });
    const answer = await this.negotiate(sdp);
    this.offer = { ...this.offer, sdp, userFragment };
    await this.addCandidates(fragment.candidates);
    // The library starts ICE only on the way to DTLS, which is up already: without this its checks go unheard.
    for (const { iceTransport } of this.connection.dtlsTransports)
      iceTransport.start().catch(() => this.emit('closed'));
    return fragmentOfAnswer(answer);
  }

  private async negotiate(sdp: string): Promise<string> {
    try {
      await this.connection.setRemoteDescription({ type: 'offer', sdp });
      this.attach();
      for (const transport of this.connection.dtlsTransports) transport.role = 'server';
      const answer = await this.connection.createAnswer();
      await this.connection.setLocalDescription(answer);
    } catch (error) {
      throw new UbizoError('bad_sdp', 'The SDP offer could not be answered.', { cause: error });
    }
    const local = this.connection.localDescription?.sdp;
    if (!local) throw new UbizoError('bad_sdp', 'The SDP offer could not be answered.');
    return local;
  }

  private attach(): void {
    for (const transceiver of this.connection.getTransceivers()) {
      if (transceiver.kind !== 'audio' || this.options.onPacket) {
        transceiver.setDirection(
          this.options.onPacket && transceiver.kind === 'audio' ? 'recvonly' : 'inactive',
        );
        continue;
      }
      if (this.track) continue;
      this.track = new MediaStreamTrack({ kind: 'audio' });
      void transceiver.sender.replaceTrack(this.track);
      transceiver.setDirection('sendonly');
      transceiver.sender.onRtcp.subscribe((packet) => this.heard(packet));
    }
  }

  private receive(track: MediaStreamTrack): void {
    track.onReceiveRtp.subscribe((packet) => {
      this.options.onPacket?.(packet.payload, packet.header.sequenceNumber, packet.header.timestamp);
    });
  }

  private heard(packet: RtcpPacket): void {
    const { onReport } = this.options;
    if (!onReport || !(packet instanceof RtcpRrPacket || packet instanceof RtcpSrPacket)) return;
    const [report] = packet.reports;
    if (report) onReport(readReport(report));
  }

  private async addCandidate(candidate: string): Promise<void> {
    try {
      await this.connection.addIceCandidate({
        candidate,
        sdpMid: this.offer?.audioMid ?? '0',
        sdpMLineIndex: 0,
      });
    } catch (error) {
      throw new UbizoError('bad_sdp', 'An ICE candidate could not be read.', { cause: error });
    }
  }

  private changed(): void {
    const state = this.connection.connectionState;
    if (state === 'connected') {
      this.restarting = false;
      this.emit('connected');
    } else if (state === 'closed' || state === 'failed') this.emit('closed');
    else if (state === 'disconnected') this.emit('disconnected');
    else if (!this.restarting) this.emit('connecting');
  }

  private emit(state: PeerState): void {
    if (state === this.lastState || this.lastState === 'closed') return;
    this.lastState = state;
    this.options.onState(state);
  }
}
