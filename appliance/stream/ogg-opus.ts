import { randomInt } from 'node:crypto';
import { SILENT_FRAME, type SteadyFrame } from './steady-frames.ts';

/** Header type flags (RFC 3533, 6). */
const BEGIN = 2;
const END = 4;
/** Sound of one page: a page's header is worth a frame. 200 ms. */
const PAGE_DURATION = 200 * 48;
/** What a decoder that begins in the middle of a stream throws away until it has found its way in: 80 ms (RFC 7845, 4.6). */
const PRE_SKIP = 3_840;
/** Lengths of packets that fit into one page: 255 bytes each but the last (RFC 3533, 5). */
const LACING = 255;

/** One stream of Ogg Opus (RFC 7845) that begins anywhere in a channel and goes on until it is ended. */
export class OggOpus {
  private readonly write: (page: Buffer) => void;
  private readonly serial = randomInt(2 ** 32);
  private pages = 0;
  private granule = 0;
  private waiting: Uint8Array[] = [];
  private waitingDuration = 0;

  constructor({ write }: { write: (page: Buffer) => void }) {
    this.write = write;
  }

  /** Its headers. */
  start(): void {
    const head = Buffer.alloc(19);
    head.write('OpusHead', 'ascii');
    head.writeUInt8(1, 8);
    head.writeUInt8(1, 9);
    head.writeUInt16LE(PRE_SKIP, 10);
    head.writeUInt32LE(48_000, 12);
    this.page([head], BEGIN);
    const vendor = Buffer.from('Ubizo');
    const tags = Buffer.alloc(16 + vendor.length);
    tags.write('OpusTags', 'ascii');
    tags.writeUInt32LE(vendor.length, 8);
    vendor.copy(tags, 12);
    this.page([tags], 0);
  }

  /** The payload is copied. */
  add({ payload, duration }: SteadyFrame): void {
    this.waiting.push(Uint8Array.from(payload));
    this.waitingDuration += duration;
    if (this.waitingDuration >= PAGE_DURATION) this.flush(0);
  }

  end(): void {
    // A page on which nothing ends has no time of its own (RFC 3533, 6): the last one holds a frame.
    if (this.waiting.length === 0) this.add(SILENT_FRAME);
    this.flush(END);
  }

  private flush(flags: number): void {
    this.granule += this.waitingDuration;
    this.page(this.waiting, flags);
    this.waiting = [];
    this.waitingDuration = 0;
  }

  private page(packets: readonly Uint8Array[], flags: number): void {
    const lengths = packets.flatMap(({ length }) => [
      ...Array.from({ length: Math.floor(length / LACING) }, () => LACING),
      length % LACING,
    ]);
    const header = Buffer.alloc(27);
    header.write('OggS', 'ascii');
    header.writeUInt8(flags, 5);
    header.writeBigInt64LE(BigInt(this.granule), 6);
    header.writeUInt32LE(this.serial, 14);
    header.writeUInt32LE(this.pages++, 18);
    header.writeUInt8(lengths.length, 26);
    const page = Buffer.concat([header, Uint8Array.from(lengths), ...packets]);
    page.writeUInt32LE(checksum(page), 22);
    this.write(page);
  }
}

/** Ogg's own CRC-32: polynomial 0x04c11db7, not reflected, from 0 and not inverted (RFC 3533, 6). */
const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80_00_00_00 ? (value << 1) ^ 0x04_c1_1d_b7 : value << 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}
