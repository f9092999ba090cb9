import { type Cipheriv, createCipheriv } from 'node:crypto';
import { MULTIPLES } from './ghash.ts';
import { packetMemory, ROOM } from './packet-memory.ts';

const BLOCK = 16;
const MAX_BLOCKS = 96;
/** What is made in one go, for as many packets as it suffices: one call into OpenSSL, and one buffer, for all of them. */
const ALL_BLOCKS = (ROOM - MULTIPLES) / BLOCK;

/** Longest payload that can be protected, bytes: one block is the tag's. */
export const MAX_PAYLOAD = (MAX_BLOCKS - 1) * BLOCK;

/** Shared by all listeners of the thread: filled and used within one call. */
const words = new Int32Array(ALL_BLOCKS * 4);
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
  /** Address of {@link MULTIPLES} bytes of the packets' memory for whoever needs them with this keystream. */
  readonly beside = packetMemory.take();
  private readonly cipher: Cipheriv;
  private readonly base: Buffer;
  private readonly indexAt: number;
  private readonly firstBlock: number;
  /** Of each packet, and how many packets have theirs. */
  private blocks = 0;
  private ahead = 0;
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

  /** @returns the address in the packets' memory of this packet's `blocks` blocks, until the next call. Hot path. */
  seek({ rollover, sequenceNumber }: PacketIndex, blocks: number): number {
    const from = this.beside + MULTIPLES;
    const index = sequenceNumber - this.first;
    if (blocks <= this.blocks && rollover === this.rollover && index >= 0 && index < this.ahead)
      return from + index * this.blocks * BLOCK;
    this.generate(rollover, sequenceNumber, blocks);
    return from;
  }

  /** Nothing is protected any more. */
  close(): void {
    packetMemory.give(this.beside);
  }

  private generate(rollover: number, sequenceNumber: number, blocks: number): void {
    // Frames differ by a few bytes: some blocks more now, and as long as before for a while, save doing it over.
    this.blocks = Math.min(MAX_BLOCKS, Math.max(blocks + 2, this.blocks - 1));
    this.ahead = Math.floor(ALL_BLOCKS / this.blocks);
    this.rollover = rollover;
    this.first = sequenceNumber;
    let word = 0;
    for (let packet = 0; packet < this.ahead; packet++) {
      this.begin(rollover, (sequenceNumber + packet) & 0xffff);
      const w0 = firstWords[0] ?? 0;
      const w1 = firstWords[1] ?? 0;
      const w2 = firstWords[2] ?? 0;
      const w3 = firstWords[3] ?? 0;
      for (let count = this.firstBlock; count < this.firstBlock + this.blocks; count++, word += 4) {
        words[word] = w0;
        words[word + 1] = w1;
        words[word + 2] = w2;
        // The last two bytes, most significant first, in a little-endian word.
        words[word + 3] = (w3 & 0xffff) | ((count >>> 8) << 16) | (count << 24);
      }
    }
    // Kept by copying: what lives for several frames outlives V8's young generation, and thousands of such buffers a
    // second make it collect the old one, tens of milliseconds each time.
    packetMemory.bytes.set(this.cipher.update(counters.subarray(0, word * 4)), this.beside + MULTIPLES);
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
