import { REDUNDANT_OPUS_TYPE } from '../protocol/media.ts';
import type { OpusFrame } from './channel.ts';

const MORE_FOLLOWS = 0x80;
const REDUNDANT_HEADER = 4;
const PRIMARY_HEADER = 1;
/** RFC 2198, 3: 14 bits of timestamp offset, 10 bits of length. */
const MAX_OFFSET = 2 ** 14 - 1;
const MAX_BLOCK = 2 ** 10 - 1;
/** Both frames, and every header up to Ethernet's, must fit into one packet of a Wi-Fi with tunnels: bytes. */
const MAX_PACKET = 1_200;

/**
 * Puts the frame before into each frame (RFC 2198): the same number of packets, and one that is lost is not heard,
 * because the next one brings it. Built once per channel, for everyone. After a gap there is nothing to repeat.
 */
export class Redundancy {
  private before: OpusFrame | undefined;

  /** @returns the frame with its redundant payload. */
  add(frame: OpusFrame): OpusFrame {
    const { before } = this;
    this.before = frame;
    return { ...frame, redundant: wrap(frame, before) };
  }
}

function wrap(frame: OpusFrame, before: OpusFrame | undefined): Uint8Array {
  const { payload } = frame;
  const offset = before ? frame.timestamp - before.timestamp : 0;
  const repeats =
    before !== undefined &&
    offset === before.duration &&
    offset <= MAX_OFFSET &&
    before.payload.length <= MAX_BLOCK &&
    before.payload.length + payload.length <= MAX_PACKET;
  const start = repeats ? REDUNDANT_HEADER + PRIMARY_HEADER + before.payload.length : PRIMARY_HEADER;
  const bytes = new Uint8Array(start + payload.length);
  bytes.set(payload, start);
  if (!repeats) {
    bytes[0] = REDUNDANT_OPUS_TYPE;
    return bytes;
  }
  const { length } = before.payload;
  bytes[0] = MORE_FOLLOWS | REDUNDANT_OPUS_TYPE;
  bytes[1] = offset >>> 6;
  bytes[2] = ((offset & 0x3f) << 2) | (length >>> 8);
  bytes[3] = length;
  bytes[4] = REDUNDANT_OPUS_TYPE;
  bytes.set(before.payload, REDUNDANT_HEADER + PRIMARY_HEADER);
  return bytes;
}
