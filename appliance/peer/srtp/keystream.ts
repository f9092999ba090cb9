import { type Cipheriv, createCipheriv } from 'node:crypto';

const BLOCK = 16;
const MAX_BLOCKS = 96;

/** Shared by all listeners of the thread: filled and used within one call. */
const counters = Buffer.alloc(MAX_BLOCKS * BLOCK);
const views = Array.from({ length: MAX_BLOCKS + 1 }, (_, blocks) => counters.subarray(0, blocks * BLOCK));

/**
 * AES-128 in counter mode through one long-lived ECB object: a new cipher object for each packet costs more than all
 * of its blocks together (figures in docs/benchmarks.md).
 */
export class Keystream {
  private readonly cipher: Cipheriv;

  /** @param key 16 bytes. */
  constructor(key: Buffer) {
    this.cipher = createCipheriv('aes-128-ecb', key, null);
    this.cipher.setAutoPadding(false);
  }

  /**
   * @param initial 16 bytes, of which the last two are the counter's; counting starts at `first`.
   * @returns `blocks` × 16 bytes.
   */
  generate(initial: Buffer, first: number, blocks: number): Buffer {
    for (let block = 0, at = 0; block < blocks; block++, at += BLOCK) {
      counters.set(initial, at);
      const count = first + block;
      counters[at + 14] = count >>> 8;
      counters[at + 15] = count & 0xff;
    }
    return this.cipher.update(views[blocks] ?? counters);
  }
}

/** Longest payload that can be protected, bytes: one block is the tag's. */
export const MAX_PAYLOAD = (MAX_BLOCKS - 1) * BLOCK;
