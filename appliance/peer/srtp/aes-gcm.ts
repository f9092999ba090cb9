import { Ghash } from './ghash.ts';
import { Keystream } from './keystream.ts';
import type { PacketPlace, Protector } from './protector.ts';
import type { SessionKeys } from './session-keys.ts';

const TAG = 16;

/** AEAD_AES_128_GCM for SRTP (RFC 7714). */
export class AesGcm implements Protector {
  private readonly keystream: Keystream;
  private readonly hash: Ghash;

  constructor({ key, salt }: SessionKeys, ssrc: number) {
    // 2 zero bytes, SSRC, rollover counter, sequence number, XOR the salt (RFC 7714, 8.1); then GCM's counter.
    const base = Buffer.alloc(16);
    base.writeUInt32BE(ssrc, 2);
    for (let i = 0; i < 12; i++) base[i] = (base[i] ?? 0) ^ (salt[i] ?? 0);
    // Block 1 masks the tag; the payload's first block counts 2 (NIST SP 800-38D, 7.1).
    this.keystream = new Keystream({ key, base, indexAt: 6, firstBlock: 1 });
    this.hash = new Ghash(this.keystream.hashKey());
  }

  protect(place: PacketPlace, payload: Uint8Array): number {
    const { buffer, headerLength: from } = place;
    const { length } = payload;
    const mask = this.keystream.seek(place, 1 + ((length + 15) >> 4));
    const { bytes } = this.keystream;
    for (let i = 0, k = mask + 16; i < length; i++, k++)
      buffer[from + i] = (payload[i] ?? 0) ^ (bytes[k] ?? 0);
    const { hash } = this;
    hash.reset();
    hash.update(buffer, 0, from);
    hash.update(buffer, from, length);
    hash.finish(from, length);
    hash.write(buffer, from + length, bytes, mask);
    return from + length + TAG;
  }
}
