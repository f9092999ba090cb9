import { setImmediate } from 'node:timers/promises';
import { bytesAt, type SoundBytes } from '../sound-bytes.ts';

/** A page of an Ogg file (RFC 3533, 6). */
export interface OggPage {
  /** All of it. */
  readonly bytes: Buffer;
  readonly serial: number;
  /** The first of its stream, or the last. */
  readonly first: boolean;
  readonly last: boolean;
  /** Its first packet began on the page before. */
  readonly continued: boolean;
  /** Samples of its stream up to its end, in the codec's own count. */
  readonly granule: number;
  /** How long the segments of its body are. */
  readonly segments: Buffer;
  readonly body: Buffer;
}

const HEADER_BYTES = 27;
const LONGEST_PAGE = HEADER_BYTES + 255 + 255 * 255;
/** So much that is no page, and there will be none. */
const LONGEST_GAP = 1_048_576;
const CAPTURE = Buffer.from('OggS');

/** The pages from there to the end; what is damaged or cut off is passed over. */
export async function* oggPages(bytes: SoundBytes, start: number): AsyncGenerator<OggPage, void> {
  let gap = 0;
  for (let at = start; gap <= LONGEST_GAP;) {
    const block = await bytesAt(bytes, at, LONGEST_PAGE);
    if (block.length < HEADER_BYTES) return;
    const page = pageOf(block);
    if (page) {
      at += page.bytes.length;
      gap = 0;
      yield page;
    } else {
      const next = block.indexOf(CAPTURE, 1);
      const skipped = next > 0 ? next : block.length - CAPTURE.length + 1;
      at += skipped;
      gap += skipped;
    }
    await setImmediate();
  }
}

function pageOf(block: Buffer): OggPage | undefined {
  if (block.indexOf(CAPTURE) !== 0 || block.readUInt8(4) !== 0) return undefined;
  const flags = block.readUInt8(5);
  const bodyAt = HEADER_BYTES + block.readUInt8(26);
  const segments = block.subarray(HEADER_BYTES, bodyAt);
  const end = bodyAt + segments.reduce((sum, length) => sum + length, 0);
  if (end > block.length) return undefined;
  return {
    bytes: block.subarray(0, end),
    serial: block.readUInt32LE(14),
    first: (flags & 2) !== 0,
    last: (flags & 4) !== 0,
    continued: (flags & 1) !== 0,
    granule: Number(block.readBigInt64LE(6)),
    segments,
    body: block.subarray(bodyAt, end),
  };
}
