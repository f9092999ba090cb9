import type { SrtpKeys } from './dtls.ts';
import { type OpenedRtcp, Srtcp } from './srtp/srtcp.ts';

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
/** RFC 3550, 12.1. */
const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const BYE = 203;
/** Behind the header and the sender: what a sender tells of itself, and each block about somebody else. */
const HEAD = 8;
const SENDER_INFO = 20;
const BLOCK = 24;
const NAME = 'ubizo';
/** A phone has one; who invents more makes only its own reports worthless. */
const MAX_SOURCES = 4;

/** RTCP of one connection (RFC 3550, 6), protected. */
export class Rtcp {
  private readonly outgoing: Srtcp;
  private readonly incoming: Srtcp;
  private readonly ssrc: number;
  /** The latest index of each source: what is not newer was recorded and sent again (RFC 3711, 3.3.2). */
  private readonly latest = new Map<number, number>();

  constructor({ keys, ssrc }: { keys: SrtpKeys; ssrc: number }) {
    const { profile, localKey, localSalt, remoteKey, remoteSalt } = keys;
    this.ssrc = ssrc;
    this.outgoing = new Srtcp({ profile, masterKey: localKey, masterSalt: localSalt });
    this.incoming = new Srtcp({ profile, masterKey: remoteKey, masterSalt: remoteSalt });
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
    const report = this.begin(SENDER_REPORT, 0, SENDER_INFO);
    report.writeBigUInt64BE(ntpTime(wallMs), HEAD);
    report.writeUInt32BE(rtpTimestamp, HEAD + 8);
    report.writeUInt32BE(packets % 2 ** 32, HEAD + 12);
    report.writeUInt32BE(octets % 2 ** 32, HEAD + 16);
    return this.outgoing.protect(Buffer.concat([report, this.name()]));
  }

  /** Says that the stream is over (RFC 3550, 6.6), behind an empty report as compounds must begin with one. */
  goodbye(): Buffer {
    const parts = [this.begin(RECEIVER_REPORT, 0), this.name(), this.begin(BYE, 1)];
    return this.outgoing.protect(Buffer.concat(parts));
  }

  /** @returns what the phone reports about this stream; nothing when the packet is not its own or says nothing. */
  read(datagram: Buffer, wallMs: number): { readonly report?: ReceiverReport } | undefined {
    const opened = this.incoming.open(datagram);
    // Forged, torn or sent again: as if it had not come.
    if (!opened || !this.isNew(opened)) return undefined;
    const { content } = opened;
    let report: ReceiverReport | undefined;
    for (let at = 0; at < content.length;) {
      const end = at + HEAD > content.length ? Infinity : at + 4 + content.readUInt16BE(at + 2) * 4;
      if (end > content.length) return undefined;
      report ??= this.reportIn(content.subarray(at, end), wallMs);
      at = end;
    }
    return report ? { report } : {};
  }

  /** @param packet one of a compound. */
  private reportIn(packet: Buffer, wallMs: number): ReceiverReport | undefined {
    const type = packet[1];
    if (type !== SENDER_REPORT && type !== RECEIVER_REPORT) return undefined;
    let at = type === SENDER_REPORT ? HEAD + SENDER_INFO : HEAD;
    for (let left = (packet[0] ?? 0) & 0x1f; left > 0 && at + BLOCK <= packet.length; left--, at += BLOCK)
      if (packet.readUInt32BE(at) === this.ssrc) return readReport(packet, at, wallMs);
    return undefined;
  }

  /** Of a packet that is authentic. */
  private isNew({ sender, index }: OpenedRtcp): boolean {
    const before = this.latest.get(sender);
    if (before === undefined ? this.latest.size >= MAX_SOURCES : index <= before) return false;
    this.latest.set(sender, index);
    return true;
  }

  /** A packet with its header and this sender, and room for `length` bytes more. */
  private begin(type: number, count: number, length = 0): Buffer {
    const packet = Buffer.alloc(HEAD + length);
    packet[0] = 0x80 | count;
    packet[1] = type;
    packet.writeUInt16BE(packet.length / 4 - 1, 2);
    packet.writeUInt32BE(this.ssrc, 4);
    return packet;
  }

  /** RFC 3550, 6.5: an item of type 1, CNAME; its end is filled up with zeros. */
  private name(): Buffer {
    const description = this.begin(SOURCE_DESCRIPTION, 1, (2 + NAME.length + 4) & ~3);
    description[HEAD] = 1;
    description[HEAD + 1] = NAME.length;
    description.write(NAME, HEAD + 2);
    return description;
  }
}

/** RFC 3550, 6.4.1: loss in 1/256, jitter in 1/48,000 s (RFC 7587, 4.1), times in 1/65,536 s. */
function readReport(packet: Buffer, at: number, wallMs: number): ReceiverReport {
  const now = Number((ntpTime(wallMs) >> 16n) & 0xffffffffn);
  const lastReport = packet.readUInt32BE(at + 16);
  const roundTrip = (now - lastReport - packet.readUInt32BE(at + 20)) | 0;
  return {
    fractionLost: packet.readUInt8(at + 4) / 256,
    jitterMs: packet.readUInt32BE(at + 12) / 48,
    roundTripMs: lastReport === 0 ? undefined : Math.max(0, roundTrip) / 65.536,
  };
}

/** 32 bits of seconds since 1900, 32 bits of their fraction (RFC 3550, 4). */
function ntpTime(wallMs: number): bigint {
  const seconds = Math.floor(wallMs / 1000);
  const fraction = Math.floor(((wallMs - seconds * 1000) / 1000) * 2 ** 32);
  return (BigInt(seconds + NTP_EPOCH) << 32n) | BigInt(fraction);
}
