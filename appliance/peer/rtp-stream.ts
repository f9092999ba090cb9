import { randomInt } from 'node:crypto';
import { createProtector } from './srtp/create-protector.ts';
import type { PacketPlace, Protector } from './srtp/protector.ts';
import { MAX_PAYLOAD } from './srtp/keystream.ts';
import type { SrtpKeys } from './dtls.ts';

/** One frame as it goes to everyone who hears a channel: built once, shared, never written to. */
export interface SharedFrame {
  readonly payload: Uint8Array;
  /** The payload with the frame before it inside (RFC 2198), when there is one. */
  readonly redundant?: Uint8Array | undefined;
  /** The same with the two frames before it. */
  readonly farther?: Uint8Array | undefined;
  /** Media clock, 48 kHz, not yet wrapped. */
  readonly timestamp: number;
  readonly marker: boolean;
}

/** Whether packets repeat no earlier frame, the one before, or the two before. */
export type RedundancyDistance = 0 | 1 | 2;

/** What makes a stream itself (RFC 3550, 5.1), whatever connection carries it. */
export interface RtpSource {
  readonly ssrc: number;
  /** Of the wire's timestamps, against the media clock. */
  readonly timestampOffset: number;
}

/** How far a stream has come: a connection that takes another's place goes on from there. */
export interface RtpProgress {
  /** Of the next packet. */
  readonly sequenceNumber: number;
  /** Sent so far: sender reports count on while the source is the same (RFC 3550, 6.4.1). */
  readonly packets: number;
  readonly octets: number;
}

const MARKER = 0x80;
/**
 * Both ends of a new session count rollovers from 0 (RFC 3711, 3.3.1): a phone that missed its first packets must not
 * miss a wrap. As many packets as a phone gets that is not heard of any more, and some.
 */
const NEAR_WRAP = 2_048;

export function newSource(): RtpSource {
  return { ssrc: randomInt(1, 2 ** 32), timestampOffset: randomInt(2 ** 32) };
}

/** One listener's RTP stream (RFC 3550, 5.1): its own source, sequence and time base. */
export class RtpStream {
  readonly ssrc: number;
  packets = 0;
  octets = 0;
  /** How many earlier frames a packet repeats, for who takes any. */
  distance: RedundancyDistance = 1;
  private readonly payloadType: number;
  private readonly redType: number | undefined;
  private readonly timestampOffset: number;
  private readonly place: PacketPlace;
  private readonly source = Buffer.alloc(4);
  private protector: Protector | undefined;
  private sequenceNumber: number;
  private rollover = 0;
  /** Packets that were sent by other connections. */
  private before = 0;

  constructor({
    opus,
    red,
    // RFC 3711, 3.3.1: starting in the lower half, a wrap is never among the first packets.
    firstSequenceNumber = randomInt(2 ** 15),
    source = newSource(),
  }: {
    opus: number;
    red?: number | undefined;
    firstSequenceNumber?: number | undefined;
    source?: RtpSource | undefined;
  }) {
    this.payloadType = opus;
    this.redType = red;
    this.sequenceNumber = firstSequenceNumber;
    this.ssrc = source.ssrc;
    this.timestampOffset = source.timestampOffset;
    this.source.writeUInt32BE(this.ssrc);
    this.place = {
      buffer: Buffer.alloc(0),
      rollover: 0,
      sequenceNumber: 0,
    };
  }

  /** Packets that this connection has sent. */
  get packetsHere(): number {
    return this.packets - this.before;
  }

  get progress(): RtpProgress {
    const { sequenceNumber, packets, octets } = this;
    return { sequenceNumber, packets, octets };
  }

  /** Goes on where another connection has left off; once something is sent it is too late for that. */
  goOn({ sequenceNumber, packets, octets }: RtpProgress): void {
    if (this.packetsHere > 0) return;
    this.sequenceNumber = sequenceNumber > 0xffff - NEAR_WRAP ? 0 : sequenceNumber;
    this.packets = packets;
    this.octets = octets;
    this.before = packets;
  }

  /** From now on packets can be written. */
  protect({ profile, localKey, localSalt }: SrtpKeys): void {
    this.close();
    this.protector = createProtector(profile, {
      masterKey: localKey,
      masterSalt: localSalt,
      ssrc: this.ssrc,
    });
  }

  /** From now on none can. */
  close(): void {
    this.protector?.close();
    this.protector = undefined;
  }

  /** The wire's timestamp for a time of the media clock. */
  wireTime(timestamp: number): number {
    return (timestamp + this.timestampOffset) % 2 ** 32;
  }

  /** Hot path. Writes the next packet into `buffer`. @returns its length, 0 when it cannot be sent. */
  write(buffer: Buffer, frame: SharedFrame, timestamp: number, marker: boolean): number {
    const { protector, place } = this;
    if (!protector) return 0;
    const redundant = this.redundantOf(frame);
    const payload = redundant ?? frame.payload;
    if (payload.length > MAX_PAYLOAD) return 0;
    place.buffer = buffer;
    place.sequenceNumber = this.sequenceNumber;
    place.rollover = this.rollover;
    const type = redundant ? (this.redType ?? 0) : this.payloadType;
    writeHeader(place, marker ? type | MARKER : type, this.wireTime(timestamp), this.source);
    const length = protector.protect(place, payload);
    this.packets++;
    this.octets += payload.length;
    this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff;
    if (this.sequenceNumber === 0) this.rollover = (this.rollover + 1) >>> 0;
    return length;
  }

  private redundantOf({ redundant, farther }: SharedFrame): Uint8Array | undefined {
    if (this.redType === undefined || this.distance === 0) return undefined;
    if (this.distance === 2 && farther && farther.length <= MAX_PAYLOAD) return farther;
    return redundant && redundant.length <= MAX_PAYLOAD ? redundant : undefined;
  }
}

/** RFC 3550, 5.1: version 2, no padding, no extension, no contributing source. */
function writeHeader(
  { buffer, sequenceNumber }: PacketPlace,
  type: number,
  time: number,
  source: Buffer,
): void {
  buffer[0] = 0x80;
  buffer[1] = type;
  buffer[2] = sequenceNumber >>> 8;
  buffer[3] = sequenceNumber;
  buffer[4] = time >>> 24;
  buffer[5] = time >>> 16;
  buffer[6] = time >>> 8;
  buffer[7] = time;
  buffer[8] = source[0] ?? 0;
  buffer[9] = source[1] ?? 0;
  buffer[10] = source[2] ?? 0;
  buffer[11] = source[3] ?? 0;
}
