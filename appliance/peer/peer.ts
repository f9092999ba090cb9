import { randomInt } from 'node:crypto';
import {
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RtpPacket,
  SrtpSession,
} from 'werift';
import { UbizoError } from '../protocol/errors.ts';
import { writeAnswer, writeRestartFragment } from './answer.ts';
import { begins, Dtls, type SrtpKeys } from './dtls.ts';
import type { IceAnswer, IceFragment, IfMatch } from './ice-fragment.ts';
import { IceLite } from './ice-lite.ts';
import type { MediaSocket, SocketUser } from './media-socket.ts';
import type { PeerOptions, PeerState } from './peer-options.ts';
import { Rtcp } from './rtcp.ts';
import { type RedundancyDistance, type RtpProgress, RtpStream, type SharedFrame } from './rtp-stream.ts';

/** What has come of a connection so far. */
export interface PeerView {
  readonly state: PeerState;
  /** Connectivity checks that proved themselves, under the credentials of now. */
  readonly checks: number;
  /** Packets of sound that were sent. */
  readonly packets: number;
  /** Since the last sign of life, ms. */
  readonly silentMs: number;
}

/** GCM first: one pass, and it needs no hash that a small computer has no instruction for. */
const PROFILES = [ProtectionProfileAeadAes128Gcm, ProtectionProfileAes128CmHmacSha1_80] as const;
/** A phone checks its path every few seconds (RFC 7675, 5.1); this long without a word, ms. */
const DISCONNECTED_AFTER_MS = 10_000;
const VANISHED_AFTER_MS = 30_000;
/** Waiting handshake datagrams of one phone: two flights, and some sent again. */
const MAX_HANDSHAKE_BACKLOG = 32;

/**
 * One WebRTC connection in which the box answers: ICE-lite, DTLS server, then SRTP that it writes itself. It never
 * asks a STUN server and never sends a check.
 */
export class Peer implements SocketUser {
  private readonly options: PeerOptions;
  private readonly ice = new IceLite();
  private readonly dtls: Dtls;
  private readonly stream: RtpStream;
  private socket: MediaSocket | undefined;
  private rtcp: Rtcp | undefined;
  private incoming: SrtpSession | undefined;
  private remoteUserFragment: string;
  private lastState: PeerState = 'connecting';
  private backlog = 0;
  private checks = 0;
  /** ms of `performance.now()` at which the phone last proved that it is there. */
  lastHeardAt = performance.now();

  constructor(options: PeerOptions) {
    const { offer, certificate, firstSequenceNumber, source } = options;
    this.options = options;
    this.remoteUserFragment = offer.userFragment;
    this.stream = new RtpStream({
      opus: offer.opus,
      red: offer.wants === 'receive' ? offer.red : undefined,
      firstSequenceNumber,
      source,
    });
    this.dtls = new Dtls({
      certificate,
      expected: offer.fingerprints,
      profiles: options.profiles ?? PROFILES,
      send: (datagram) => this.sendRaw(datagram),
      onKeys: (keys) => this.secured(keys),
      onClosed: () => this.close(),
    });
  }

  get state(): PeerState {
    return this.lastState;
  }

  /** @param now of `performance.now()`, ms. */
  view(now: number): PeerView {
    const { lastState: state, checks, stream, lastHeardAt } = this;
    return { state, checks, packets: stream.packetsHere, silentMs: Math.round(now - lastHeardAt) };
  }

  /** @returns the SDP answer, complete with candidates. From now on the phone is waited for. */
  answer(): IceAnswer {
    const { offer, certificate, sockets, maxPtime = 60 } = this.options;
    const [fingerprint] = certificate.getFingerprints();
    for (const socket of sockets) socket.register(this.ice.local.userFragment, this);
    const text = writeAnswer({
      offer,
      credentials: this.ice.local,
      fingerprint: { algorithm: fingerprint?.algorithm ?? 'sha-256', value: fingerprint?.value ?? '' },
      addresses: sockets.map(({ address }) => address),
      session: randomInt(2 ** 47),
      ssrc: this.stream.ssrc,
      maxPtime,
    });
    return { text, session: this.ice.session };
  }

  /**
   * A fragment from a PATCH. Candidates are not needed: a lite agent sends no checks. New credentials are an ICE
   * restart (RFC 8445, 9). @returns the fragment that answers a restart.
   * @throws UbizoError `precondition_failed` when it is for an ICE session that is over; `bad_sdp`.
   */
  apply({ userFragment, password }: IceFragment, ifMatch: IfMatch): IceAnswer | undefined {
    if (ifMatch !== '*' && !ifMatch.includes(this.ice.session))
      throw new UbizoError(
        'precondition_failed',
        'This is for an ICE session that is over: another restart came first.',
      );
    if (!userFragment || userFragment === this.remoteUserFragment) return undefined;
    if (!password) throw new UbizoError('bad_sdp', 'An ICE restart needs a=ice-ufrag and a=ice-pwd.');
    const { offer, sockets } = this.options;
    const before = this.ice.userFragments;
    this.ice.restart();
    this.checks = 0;
    this.remoteUserFragment = userFragment;
    const now = this.ice.userFragments;
    for (const socket of sockets) {
      socket.forget(
        before.filter((name) => !now.includes(name)),
        this,
      );
      if (this.lastState !== 'closed') socket.register(this.ice.local.userFragment, this);
    }
    const text = writeRestartFragment({
      offer,
      credentials: this.ice.local,
      addresses: sockets.map(({ address }) => address),
    });
    return { text, session: this.ice.session };
  }

  /** How far its stream has come. */
  get progress(): RtpProgress {
    return this.stream.progress;
  }

  /** The stream goes on where another connection has left it, if this one has sent nothing yet. */
  goOn(progress: RtpProgress): void {
    this.stream.goOn(progress);
  }

  /** From the next packet on, so many earlier frames are repeated, if the phone takes any (RFC 2198). */
  repeat(distance: RedundancyDistance): void {
    this.stream.distance = distance;
  }

  /** Hot path: one frame, under this listener's own time and number. */
  send(frame: SharedFrame, timestamp: number, marker: boolean): void {
    const { socket } = this;
    const to = this.ice.selected;
    if (!socket || !to) return;
    const length = this.stream.write(socket.packet, frame, timestamp, marker);
    if (length > 0) socket.sendPacket(length, to);
  }

  /** @param mediaTimestamp the media clock now, 48 kHz. */
  report(mediaTimestamp: number): void {
    const { stream, rtcp } = this;
    if (!rtcp || stream.packetsHere === 0) return;
    this.sendRaw(
      rtcp.senderReport({
        wallMs: Date.now(),
        rtpTimestamp: stream.wireTime(mediaTimestamp),
        packets: stream.packets,
        octets: stream.octets,
      }),
    );
  }

  /** Looks whether the phone is still there. @returns false when it has vanished and is now closed. */
  watch(now: number): boolean {
    const silent = now - this.lastHeardAt;
    if (silent > VANISHED_AFTER_MS) this.close();
    else if (silent > DISCONNECTED_AFTER_MS && this.lastState === 'connected') this.emit('disconnected');
    return this.lastState !== 'closed';
  }

  close(): void {
    if (this.lastState === 'closed') return;
    if (this.rtcp) this.sendRaw(this.rtcp.goodbye());
    for (const socket of this.options.sockets) {
      socket.forget(this.ice.userFragments, this);
      socket.leave(this);
    }
    this.socket = undefined;
    this.stream.close();
    this.emit('closed');
  }

  onCheck(datagram: Buffer, check: Parameters<SocketUser['onCheck']>[1]): boolean {
    const { from, via } = check;
    const response = this.lastState === 'closed' ? undefined : this.ice.check(datagram, check, from);
    if (!response) return false;
    if (this.ice.selected === from) this.socket = via;
    via.send(response, from);
    this.checks++;
    this.heard();
    return true;
  }

  onDtls(datagram: Buffer): void {
    if (this.backlog >= MAX_HANDSHAKE_BACKLOG) return;
    this.backlog++;
    this.options.later(
      () => {
        this.backlog--;
        if (this.lastState !== 'closed') this.dtls.receive(datagram);
      },
      begins(datagram) ? 'begin' : 'finish',
    );
  }

  onMedia(datagram: Buffer): void {
    const type = datagram[1] ?? 0;
    // RFC 5761, 4: what is RTCP and what is RTP.
    if (type >= 192 && type <= 223) this.readRtcp(datagram);
    else if (this.options.onPacket) this.readRtp(datagram, this.options.onPacket);
  }

  private readRtcp(datagram: Buffer): void {
    const read = this.rtcp?.read(datagram, Date.now());
    if (!read) return;
    this.heard();
    if (read.report) this.options.onReport?.(read.report);
  }

  private readRtp(datagram: Buffer, onPacket: NonNullable<PeerOptions['onPacket']>): void {
    try {
      const packet = this.incoming && RtpPacket.deSerialize(this.incoming.decrypt(datagram));
      if (packet) onPacket(packet.payload, packet.header.sequenceNumber, packet.header.timestamp);
    } catch {
      // Forged or malformed: as good as lost.
    }
  }

  private secured(keys: SrtpKeys): void {
    if (this.lastState === 'closed') return;
    const { profile, localKey, localSalt, remoteKey, remoteSalt } = keys;
    this.stream.protect(keys);
    this.rtcp = new Rtcp({ keys, ssrc: this.stream.ssrc });
    if (this.options.onPacket) {
      this.incoming = new SrtpSession({
        profile,
        keys: {
          localMasterKey: localKey,
          localMasterSalt: localSalt,
          remoteMasterKey: remoteKey,
          remoteMasterSalt: remoteSalt,
        },
      });
    }
    this.emit('connected');
  }

  private heard(): void {
    this.lastHeardAt = performance.now();
    if (this.lastState === 'disconnected') this.emit('connected');
  }

  private sendRaw(datagram: Buffer): void {
    if (this.ice.selected) this.socket?.send(datagram, this.ice.selected);
  }

  private emit(state: PeerState): void {
    if (state === this.lastState || this.lastState === 'closed') return;
    this.lastState = state;
    this.options.onState(state);
  }
}
