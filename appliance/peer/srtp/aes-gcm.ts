import { writeMultiples } from './ghash.ts';
import { Keystream } from './keystream.ts';
import { packetMemory } from './packet-memory.ts';
import { HEADER, type PacketPlace, type Protector } from './protector.ts';
import type { SessionKeys } from './session-keys.ts';

const TAG = 16;

/** AEAD_AES_128_GCM for SRTP (RFC 7714). */
export class AesGcm implements Protector {
  private readonly keystream: Keystream;
  private readonly table: number;

  constructor({ key, salt }: SessionKeys, ssrc: number) {
    // 2 zero bytes, SSRC, rollover counter, sequence number, XOR the salt (RFC 7714, 8.1); then GCM's counter.
    const base = Buffer.alloc(16);
    base.writeUInt32BE(ssrc, 2);
    for (let i = 0; i < 12; i++) base[i] = (base[i] ?? 0) ^ (salt[i] ?? 0);
    // Block 1 masks the tag; the payload's first block counts 2 (NIST SP 800-38D, 7.1).
    this.keystream = new Keystream({ key, base, indexAt: 6, firstBlock: 1 });
    this.table = this.keystream.beside;
    writeMultiples(this.keystream.hashKey(), packetMemory.bytes, this.table);
  }

  protect(place: PacketPlace, payload: Uint8Array): number {
    const { length } = payload;
    const keystream = this.keystream.seek(place, 1 + ((length + 15) >> 4));
    packetMemory.seal(place.buffer, payload, keystream, this.table);
    return HEADER + length + TAG;
  }

  close(): void {
    this.keystream.close();
  }
}
