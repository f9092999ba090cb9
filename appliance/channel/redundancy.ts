import { REDUNDANT_OPUS_TYPE } from '../protocol/media.ts';
import type { OpusFrame } from './channel.ts';

const MORE_FOLLOWS = 0x80;
const REDUNDANT_HEADER = 4;
const PRIMARY_HEADER = 1;
/** RFC 2198, 3: 14 bits of timestamp offset, 10 bits of length. */
const MAX_OFFSET = 2 ** 14 - 1;
const MAX_BLOCK = 2 ** 10 - 1;
/** All frames, and every header up to Ethernet's, must fit into one packet of a Wi-Fi with tunnels: bytes. */
const MAX_PACKET = 1_200;

/**
 * Puts the frame before into each frame (RFC 2198), and for who loses several in a row the two before: the same number
 * of packets, and one that is lost is not heard, because the next one brings it. Built once per channel, for everyone.
 * After a gap there is nothing to repeat.
 */
export class Redundancy {
  private before: OpusFrame | undefined;
  private beforeThat: OpusFrame | undefined;

  /** @returns the frame with its redundant payloads. */
  add(frame: OpusFrame): OpusFrame {
    const first = follows(frame, this.before) ? this.before : undefined;
    const second = first && this.beforeThat;
    this.before = frame;
    this.beforeThat = first;
    return new ProtectedFrame(frame, first, second);
  }
}

/** What is repeated farther back is put together for the first who asks: mostly nobody does. */
class ProtectedFrame implements OpusFrame {
  readonly payload: Uint8Array;
  readonly timestamp: number;
  readonly duration: number;
  readonly marker: boolean;
  readonly redundant: Uint8Array;
  private readonly first: OpusFrame | undefined;
  private readonly second: OpusFrame | undefined;
  private made: Uint8Array | undefined;

  constructor(frame: OpusFrame, first: OpusFrame | undefined, second: OpusFrame | undefined) {
    this.payload = frame.payload;
    this.timestamp = frame.timestamp;
    this.duration = frame.duration;
    this.marker = frame.marker;
    this.first = first && fits(frame, first) ? first : undefined;
    this.second = this.first && second && fits(frame, this.first, second) ? second : undefined;
    this.redundant = wrap(this, this.first);
  }

  get farther(): Uint8Array {
    this.made ??= this.second ? wrap(this, this.second, this.first) : this.redundant;
    return this.made;
  }
}

/** Whether nothing lies between the two. */
function follows(frame: OpusFrame, before: OpusFrame | undefined): boolean {
  return before !== undefined && frame.timestamp - before.timestamp === before.duration;
}

function fits(frame: OpusFrame, ...before: readonly OpusFrame[]): boolean {
  const length = before.reduce((sum, { payload }) => sum + payload.length, frame.payload.length);
  return (
    length <= MAX_PACKET &&
    before.every(
      ({ payload, timestamp }) => payload.length <= MAX_BLOCK && frame.timestamp - timestamp <= MAX_OFFSET,
    )
  );
}

/** The earliest first: RFC 2198, 4. */
function wrap(frame: OpusFrame, ...before: readonly (OpusFrame | undefined)[]): Uint8Array {
  const repeated = before.filter((each) => each !== undefined);
  const start = repeated.reduce(
    (sum, { payload }) => sum + REDUNDANT_HEADER + payload.length,
    PRIMARY_HEADER,
  );
  const bytes = new Uint8Array(start + frame.payload.length);
  let header = 0;
  let block = repeated.length * REDUNDANT_HEADER + PRIMARY_HEADER;
  for (const { payload, timestamp } of repeated) {
    const offset = frame.timestamp - timestamp;
    bytes[header++] = MORE_FOLLOWS | REDUNDANT_OPUS_TYPE;
    bytes[header++] = offset >>> 6;
    bytes[header++] = ((offset & 0x3f) << 2) | (payload.length >>> 8);
    bytes[header++] = payload.length;
    bytes.set(payload, block);
    block += payload.length;
  }
  bytes[header] = REDUNDANT_OPUS_TYPE;
  bytes.set(frame.payload, block);
  return bytes;
}
