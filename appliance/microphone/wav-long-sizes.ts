/** A size of 32 bits that says: too large for them, or not known (EBU Tech 3306, 2.3; ITU-R BS.2088, 5). */
export const ELSEWHERE = 0xffff_ffff;

const SIZES_BYTES = 28;
const ENTRY_BYTES = 12;
/** What of the body is worth reading: no file has so many chunks. */
export const LONG_SIZES_MOST_BYTES = SIZES_BYTES + 1_000 * ENTRY_BYTES;

/**
 * The chunk `ds64`: sizes of 64 bits for those that stand as {@link ELSEWHERE} in an RF64 or BW64 file (EBU Tech
 * 3306, 3; ITU-R BS.2088, 6). Of the file and of its data by fields of their own, of other chunks by a table.
 */
export class LongSizes {
  private readonly bytes: Buffer;

  /** @param bytes the chunk's body, as much of it as there is. */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Undefined: nothing is said of this chunk. */
  of(id: string): number | undefined {
    if (this.bytes.length < SIZES_BYTES) return undefined;
    if (id === 'RF64' || id === 'BW64') return this.sizeAt(0);
    if (id === 'data') return this.sizeAt(8);
    const entries = this.bytes.readUInt32LE(24);
    for (let entry = 0, at = SIZES_BYTES; entry < entries; entry++, at += ENTRY_BYTES) {
      if (at + ENTRY_BYTES > this.bytes.length) return undefined;
      if (this.bytes.toString('latin1', at, at + 4) === id) return this.sizeAt(at + 4);
    }
    return undefined;
  }

  /** Exact up to 2^53, beyond any disk. */
  private sizeAt(at: number): number {
    return Number(this.bytes.readBigUInt64LE(at));
  }
}
