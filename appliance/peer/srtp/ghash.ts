/** x^128 + x^7 + x^2 + x + 1, as GCM writes it: most significant bit first (NIST SP 800-38D, 6.3). */
const POLYNOMIAL = 0xe1000000;

/** What the eight bits that fall out at the end put back at the front, for each value of these bits. */
const REDUCTION = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = 0;
  for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) sum ^= POLYNOMIAL >>> (7 - bit);
  return sum;
});
/** Entries for a byte's low four bits; those for its high four bits follow. */
const HIGH = 16;

/**
 * GHASH (NIST SP 800-38D, 6.4), a byte at a time, by 16 multiples of the hash key for each half of the byte. A table of
 * 256 would save an addition, but its 4 KB for each of a thousand listeners fall out of the cache between two frames:
 * measured slower. Node offers GHASH only inside a new cipher object per packet. Not constant-time; who could time it
 * shares the box's caches, and so has its memory already.
 */
export class Ghash {
  private readonly table = new Int32Array(2 * 16 * 4);
  private z0 = 0;
  private z1 = 0;
  private z2 = 0;
  private z3 = 0;

  /** @param key E(K, 0), 16 bytes. */
  constructor(key: Buffer) {
    const { table } = this;
    let v0 = key.readUInt32BE(0);
    let v1 = key.readUInt32BE(4);
    let v2 = key.readUInt32BE(8);
    let v3 = key.readUInt32BE(12);
    // Bit 7 of a byte stands for the key itself, each lower bit for the key times x once more.
    for (let bit = 7; bit >= 0; bit--) {
      const entry = bit > 3 ? HIGH + (1 << (bit - 4)) : 1 << bit;
      table.set([v0, v1, v2, v3], entry * 4);
      const carry = v3 & 1 ? POLYNOMIAL : 0;
      v3 = (v3 >>> 1) | (v2 << 31);
      v2 = (v2 >>> 1) | (v1 << 31);
      v1 = (v1 >>> 1) | (v0 << 31);
      v0 = (v0 >>> 1) ^ carry;
    }
    for (const half of [0, HIGH]) {
      for (let top = 2; top < 16; top <<= 1) {
        for (let rest = 1; rest < top; rest++) {
          for (let word = 0; word < 4; word++)
            table[(half + top + rest) * 4 + word] =
              (table[(half + top) * 4 + word] ?? 0) ^ (table[(half + rest) * 4 + word] ?? 0);
        }
      }
    }
  }

  reset(): void {
    this.z0 = this.z1 = this.z2 = this.z3 = 0;
  }

  /** Takes in `length` bytes from `at`, the last block filled up with zeros. Hot path. */
  update(bytes: Buffer, at: number, length: number): void {
    const end = at + length;
    for (let from = at; from < end; from += 16) {
      this.multiply(
        this.z0 ^ word(bytes, from, end),
        this.z1 ^ word(bytes, from + 4, end),
        this.z2 ^ word(bytes, from + 8, end),
        this.z3 ^ word(bytes, from + 12, end),
      );
    }
  }

  /** The last block: both lengths in bits (ibid., 7.1). */
  finish(dataBytes: number, cipherBytes: number): void {
    this.multiply(this.z0, this.z1 ^ (dataBytes * 8), this.z2, this.z3 ^ (cipherBytes * 8));
  }

  /** The tag: the hash XOR the 16 bytes of `mask` from `maskAt`. */
  write(into: Buffer, at: number, mask: Buffer, maskAt: number): void {
    writeWord(into, at, this.z0, mask, maskAt);
    writeWord(into, at + 4, this.z1, mask, maskAt + 4);
    writeWord(into, at + 8, this.z2, mask, maskAt + 8);
    writeWord(into, at + 12, this.z3, mask, maskAt + 12);
  }

  /** Horner's rule over the 16 bytes, last byte first: shift by eight bits, reduce, add the byte's multiple. */
  private multiply(y0: number, y1: number, y2: number, y3: number): void {
    const { table } = this;
    let z0 = 0;
    let z1 = 0;
    let z2 = 0;
    let z3 = 0;
    for (let i = 0; i < 16; i++) {
      const y = i < 4 ? y3 : i < 8 ? y2 : i < 12 ? y1 : y0;
      const byte = y >>> ((i & 3) << 3);
      const low = (byte & 0xf) << 2;
      const high = (HIGH << 2) | ((byte & 0xf0) >>> 2);
      const out = REDUCTION[z3 & 0xff] ?? 0;
      z3 = ((z3 >>> 8) | (z2 << 24)) ^ (table[low + 3] ?? 0) ^ (table[high + 3] ?? 0);
      z2 = ((z2 >>> 8) | (z1 << 24)) ^ (table[low + 2] ?? 0) ^ (table[high + 2] ?? 0);
      z1 = ((z1 >>> 8) | (z0 << 24)) ^ (table[low + 1] ?? 0) ^ (table[high + 1] ?? 0);
      z0 = (z0 >>> 8) ^ out ^ (table[low] ?? 0) ^ (table[high] ?? 0);
    }
    this.z0 = z0;
    this.z1 = z1;
    this.z2 = z2;
    this.z3 = z3;
  }
}

function writeWord(into: Buffer, at: number, value: number, mask: Buffer, maskAt: number): void {
  into[at] = (value >>> 24) ^ (mask[maskAt] ?? 0);
  into[at + 1] = (value >>> 16) ^ (mask[maskAt + 1] ?? 0);
  into[at + 2] = (value >>> 8) ^ (mask[maskAt + 2] ?? 0);
  into[at + 3] = value ^ (mask[maskAt + 3] ?? 0);
}

function word(bytes: Buffer, at: number, end: number): number {
  if (at + 4 <= end)
    return (
      ((bytes[at] ?? 0) << 24) |
      ((bytes[at + 1] ?? 0) << 16) |
      ((bytes[at + 2] ?? 0) << 8) |
      (bytes[at + 3] ?? 0)
    );
  let value = 0;
  for (let i = 0; i < 4; i++) value = (value << 8) | (at + i < end ? (bytes[at + i] ?? 0) : 0);
  return value;
}
