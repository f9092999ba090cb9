import {
  ProtectionProfileAeadAes128Gcm,
  RtcpPacketConverter,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSourceDescriptionPacket,
  RtcpSrPacket,
  SourceDescriptionChunk,
  SourceDescriptionItem,
  SrtcpSession,
} from 'werift';
import type { SrtpKeys } from './dtls.ts';

/** The other side's view of what the box sends (RFC 3550, 6.4.1). */
export interface ReceiverReport {
  /** 0 to 1, since the report before. */
  readonly fractionLost: number;
  readonly jitterMs: number;
  /** To the phone and back, ms; known once the phone has seen a sender report. */
  readonly roundTripMs: number | undefined;
}

/** Seconds between 1900, where NTP begins, and 1970. */
const NTP_EPOCH = 2_208_988_800;
const BYE = 203;
/** The index of SRTCP and what stands behind it, bytes (RFC 3711, 3.4; RFC 7714, 9.2). */
const INDEX = 4;
const CM_TAG = 10;
/** A phone has one; who invents more makes only its own reports worthless. */
const MAX_SOURCES = 4;

/** RTCP of one connection, protected (RFC 3711, 3.4). */
export class Rtcp {
  private readonly session: SrtcpSession;
  private readonly ssrc: number;
  private readonly indexAt: number;
  /** The latest index of each source: what is not newer was recorded and sent again (RFC 3711, 3.3.2). */
  private readonly latest = new Map<number, number>();

  constructor({ keys, ssrc }: { keys: SrtpKeys; ssrc: number }) {
    const { profile, localKey, localSalt, remoteKey, remoteSalt } = keys;
    this.ssrc = ssrc;
    this.indexAt = profile === ProtectionProfileAeadAes128Gcm ? -INDEX : -INDEX - CM_TAG;
    this.session = new SrtcpSession({
      profile,
      keys: {
        localMasterKey: localKey,
        localMasterSalt: localSalt,
        remoteMasterKey: remoteKey,
        remoteMasterSalt: remoteSalt,
      },
    });
  }

  /**
   * A sender report and the source's name, which make the phone's reports tell a round trip.
   * @param rtpTimestamp the wire's time at `wallMs` (ms since 1970).
   */
  senderReport({
    wallMs,
    rtpTimestamp,
    packets,
    octets,
  }: {
    wallMs: number;
    rtpTimestamp: number;
    packets: number;
    octets: number;
  }): Buffer {
    const report = new RtcpSrPacket({
      ssrc: this.ssrc,
      senderInfo: new RtcpSenderInfo({
        ntpTimestamp: ntpTime(wallMs),
        rtpTimestamp,
        packetCount: packets % 2 ** 32,
        octetCount: octets % 2 ** 32,
      }),
    });
    return this.session.encrypt(Buffer.concat([report.serialize(), this.name()]));
  }

  /** Says that the stream is over (RFC 3550, 6.6), behind an empty report as compounds must begin with one. */
  goodbye(): Buffer {
    const bye = Buffer.alloc(8);
    bye.writeUInt8(0x81, 0);
    bye.writeUInt8(BYE, 1);
    bye.writeUInt16BE(1, 2);
    bye.writeUInt32BE(this.ssrc, 4);
    const empty = new RtcpRrPacket({ ssrc: this.ssrc, reports: [] });
    return this.session.encrypt(Buffer.concat([empty.serialize(), this.name(), bye]));
  }

  /** @returns what the phone reports about this stream; nothing when the packet is not its own or says nothing. */
  read(datagram: Buffer, wallMs: number): { readonly report?: ReceiverReport } | undefined {
    try {
      const content = this.session.decrypt(datagram);
      if (!this.isNew(datagram)) return undefined;
      for (const packet of RtcpPacketConverter.deSerialize(content)) {
        if (!(packet instanceof RtcpRrPacket) && !(packet instanceof RtcpSrPacket)) continue;
        const block = packet.reports.find(({ ssrc }) => ssrc === this.ssrc);
        if (block) return { report: readReport(block, wallMs) };
      }
      return {};
    } catch {
      // Forged, replayed or malformed: as if it had not come.
      return undefined;
    }
  }

  /** Of a packet that is authentic. */
  private isNew(datagram: Buffer): boolean {
    const source = datagram.readUInt32BE(4);
    const index = datagram.readUInt32BE(datagram.length + this.indexAt) & 0x7fffffff;
    const before = this.latest.get(source);
    if (before === undefined ? this.latest.size >= MAX_SOURCES : index <= before) return false;
    this.latest.set(source, index);
    return true;
  }

  private name(): Buffer {
    return new RtcpSourceDescriptionPacket({
      chunks: [
        new SourceDescriptionChunk({
          source: this.ssrc,
          items: [new SourceDescriptionItem({ type: 1, text: 'ubizo' })],
        }),
      ],
    }).serialize();
  }
}

/** `block` as it stands on the wire: loss in 1/256, jitter in 1/48,000 s (RFC 7587, 4.1), times in 1/65,536 s. */
function readReport(
  block: {
    readonly fractionLost: number;
    readonly jitter: number;
    readonly lsr: number;
    readonly dlsr: number;
  },
  wallMs: number,
): ReceiverReport {
  const now = Number((ntpTime(wallMs) >> 16n) & 0xffffffffn);
  const roundTrip = (now - block.lsr - block.dlsr) | 0;
  return {
    fractionLost: block.fractionLost / 256,
    jitterMs: block.jitter / 48,
    roundTripMs: block.lsr === 0 ? undefined : Math.max(0, roundTrip) / 65.536,
  };
}

/** 32 bits of seconds since 1900, 32 bits of their fraction (RFC 3550, 4). */
function ntpTime(wallMs: number): bigint {
  const seconds = Math.floor(wallMs / 1000);
  const fraction = Math.floor(((wallMs - seconds * 1000) / 1000) * 2 ** 32);
  return (BigInt(seconds + NTP_EPOCH) << 32n) | BigInt(fraction);
}
