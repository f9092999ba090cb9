/** x^128 + x^7 + x^2 + x + 1, as GCM writes it: most significant bit first (NIST SP 800-38D, 6.3). */
const POLYNOMIAL = 0xe1000000;
/** Entries for a byte's low four bits; those for its high four bits follow. */
const HIGH = 16;

/** Of all multiples, bytes. */
export const MULTIPLES = 2 * 16 * 16;

/**
 * What GHASH (NIST SP 800-38D, 6.4) is computed by, a byte at a time: 16 multiples of the hash key for each half of the
 * byte, turned round into little-endian numbers of 128 bits. A table of 256 would save an addition, but its 4 KB for
 * each of a thousand listeners fall out of the cache between two frames: measured slower. Node offers GHASH only inside
 * a new cipher object per packet. Not constant-time; who could time it shares the box's caches, and so has its memory
 * already.
 * @param key E(K, 0), 16 bytes. @param at where in `into` the {@link MULTIPLES} bytes are written; a multiple of 4.
 */
export function writeMultiples(key: Buffer, into: Uint8Array, at: number): void {
  const table = new Int32Array(into.buffer, into.byteOffset + at, MULTIPLES / 4);
  let v0 = key.readUInt32BE(0);
  let v1 = key.readUInt32BE(4);
  let v2 = key.readUInt32BE(8);
  let v3 = key.readUInt32BE(12);
  // Bit 7 of a byte stands for the key itself, each lower bit for the key times x once more.
  for (let bit = 7; bit >= 0; bit--) {
    const entry = bit > 3 ? HIGH + (1 << (bit - 4)) : 1 << bit;
    table.set([v3, v2, v1, v0], entry * 4);
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
