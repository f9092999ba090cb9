import { type Cipheriv, createCipheriv } from 'node:crypto';

const BLOCK = 16;
/** Packets whose keystream is made in one go: one call into OpenSSL, and one buffer, for all of them. */
const AHEAD = 8;
const MAX_BLOCKS = 96;

/** Longest payload that can be protected, bytes: one block is the tag's. */
export const MAX_PAYLOAD = (MAX_BLOCKS - 1) * BLOCK;

/** Shared by all listeners of the thread: filled and used within one call. */
const words = new Int32Array(AHEAD * MAX_BLOCKS * 4);
const counters = Buffer.from(words.buffer);
const firstWords = new Int32Array(4);
const first = new Uint8Array(firstWords.buffer);

/** What tells one packet's counter blocks from another's. */
export interface PacketIndex {
  /** Times the sequence number has wrapped (RFC 3711, 3.3.1). */
  readonly rollover: number;
  readonly sequenceNumber: number;
}

/**
 * AES-128 in counter mode for the packets of one stream, in their order. Through one long-lived ECB object, because a
 * cipher object for each packet costs more than all of its blocks together, and for several packets at once, because
 * a call does too: what follows from the key and the packet's number can be made before there is a packet.
 */
export class Keystream {
  /** `blocks` × 16 bytes for each of the next packets. Valid from {@link seek}'s answer until its next call. */
  bytes: Buffer = Buffer.alloc(0);
  private readonly cipher: Cipheriv;
  private readonly base: Buffer;
  private readonly indexAt: number;
  private readonly firstBlock: number;
  private blocks = 0;
  private rollover = 0;
  private first = 0;

  /**
   * @param base 16 bytes: the first counter block but for the packet's index and the count, which are XORed in.
   * @param indexAt where the rollover counter and the sequence number stand in it. @param firstBlock the first count.
   */
  constructor({
    key,
    base,
    indexAt,
    firstBlock,
  }: {
    key: Buffer;
    base: Buffer;
    indexAt: number;
    firstBlock: number;
  }) {
    this.cipher = createCipheriv('aes-128-ecb', key, null);
    this.cipher.setAutoPadding(false);
    this.base = base;
    this.indexAt = indexAt;
    this.firstBlock = firstBlock;
  }

  /** E(K, 0), which GCM hashes by. */
  hashKey(): Buffer {
    return this.cipher.update(Buffer.alloc(BLOCK));
  }

  /** @returns where in {@link bytes} this packet's `blocks` blocks begin. Hot path. */
  seek({ rollover, sequenceNumber }: PacketIndex, blocks: number): number {
    const ahead = sequenceNumber - this.first;
    if (blocks <= this.blocks && rollover === this.rollover && ahead >= 0 && ahead < AHEAD)
      return ahead * this.blocks * BLOCK;
    this.generate(rollover, sequenceNumber, blocks);
    return 0;
  }

  private generate(rollover: number, sequenceNumber: number, blocks: number): void {
    // Frames differ by a few bytes: a block more now saves doing it over for the next one.
    this.blocks = Math.min(MAX_BLOCKS, blocks + 2);
    this.rollover = rollover;
    this.first = sequenceNumber;
    let word = 0;
    for (let packet = 0; packet < AHEAD; packet++) {
      this.begin(rollover, (sequenceNumber + packet) & 0xffff);
      for (let block = 0; block < this.blocks; block++, word += 4) {
        const count = this.firstBlock + block;
        words[word] = firstWords[0] ?? 0;
        words[word + 1] = firstWords[1] ?? 0;
        words[word + 2] = firstWords[2] ?? 0;
        // The last two bytes, most significant first, in a little-endian word.
        words[word + 3] = ((firstWords[3] ?? 0) & 0xffff) | ((count >>> 8) << 16) | (count << 24);
      }
    }
    const made = this.cipher.update(counters.subarray(0, word * 4));
    // Kept by copying: what lives for eight frames outlives V8's young generation, and thousands of such buffers a
    // second make it collect the old one, tens of milliseconds each time.
    if (this.bytes.length < made.length) this.bytes = Buffer.allocUnsafeSlow(made.length);
    this.bytes.set(made);
  }

  /** The packet's own block, but for the count. */
  private begin(rollover: number, sequenceNumber: number): void {
    const { base, indexAt } = this;
    first.set(base);
    for (let i = 0; i < 4; i++) first[indexAt + i] = (base[indexAt + i] ?? 0) ^ (rollover >>> (24 - 8 * i));
    first[indexAt + 4] = (base[indexAt + 4] ?? 0) ^ (sequenceNumber >>> 8);
    first[indexAt + 5] = (base[indexAt + 5] ?? 0) ^ sequenceNumber;
  }
}
