import { Ghash } from './ghash.ts';
import { Keystream } from './keystream.ts';
import type { PacketPlace, Protector } from './protector.ts';
import type { SessionKeys } from './session-keys.ts';

const TAG = 16;
const ZEROS = Buffer.alloc(16);

/** AEAD_AES_128_GCM for SRTP (RFC 7714). */
export class AesGcm implements Protector {
  private readonly keystream: Keystream;
  private readonly hash: Ghash;
  private readonly salt: Buffer;
  /** 12 bytes of nonce, then the counter. */
  private readonly nonce = Buffer.alloc(16);

  constructor({ key, salt }: SessionKeys) {
    this.keystream = new Keystream(key);
    // The hash key is E(K, 0): one block of keystream for a counter block of zeros.
    this.hash = new Ghash(this.keystream.generate(ZEROS, 0, 1));
    this.salt = salt;
  }

  protect(place: PacketPlace, payload: Uint8Array): number {
    const { buffer, at, headerLength } = place;
    const { length } = payload;
    this.setNonce(place);
    // J0 counts 1 and masks the tag; the payload's first block counts 2 (NIST SP 800-38D, 7.1).
    const stream = this.keystream.generate(this.nonce, 1, 1 + ((length + 15) >> 4));
    const from = at + headerLength;
    for (let i = 0; i < length; i++) buffer[from + i] = (payload[i] ?? 0) ^ (stream[16 + i] ?? 0);
    const { hash } = this;
    hash.reset();
    hash.update(buffer, at, headerLength);
    hash.update(buffer, from, length);
    hash.finish(headerLength, length, stream, buffer, from + length);
    return headerLength + length + TAG;
  }

  /** 2 zero bytes, SSRC, rollover counter, sequence number; XOR the salt (RFC 7714, 8.1). */
  private setNonce({ ssrc, rollover, sequenceNumber }: PacketPlace): void {
    const { nonce, salt } = this;
    nonce.writeUInt16BE(0, 0);
    nonce.writeUInt32BE(ssrc, 2);
    nonce.writeUInt32BE(rollover, 6);
    nonce.writeUInt16BE(sequenceNumber, 10);
    for (let i = 0; i < 12; i++) nonce[i] = (nonce[i] ?? 0) ^ (salt[i] ?? 0);
  }
}
