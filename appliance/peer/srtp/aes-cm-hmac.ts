import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { Keystream } from './keystream.ts';
import { packetMemory } from './packet-memory.ts';
import { HEADER as from, type PacketPlace, type Protector } from './protector.ts';
import type { SessionKeys } from './session-keys.ts';

const TAG = 10;
/** Used within one call only. */
const digest = new Uint8Array(20);
const rolloverBytes = Buffer.alloc(4);

/** AES128_CM_HMAC_SHA1_80 for SRTP (RFC 3711, 4.1.1 and 4.2.1). */
export class AesCmHmac implements Protector {
  private readonly keystream: Keystream;
  private readonly keyed;
  private readonly working;

  constructor({ key, salt, authentication }: SessionKeys, ssrc: number) {
    // (salt × 2^16) XOR (SSRC × 2^64) XOR (index × 2^16).
    const base = Buffer.alloc(16);
    base.writeUInt32BE(ssrc, 4);
    for (let i = 0; i < 14; i++) base[i] = (base[i] ?? 0) ^ (salt[i] ?? 0);
    this.keystream = new Keystream({ key, base, indexAt: 8, firstBlock: 0 });
    // The key is hashed in once; each packet starts from a copy of that state.
    this.keyed = hmac.create(sha1, authentication);
    this.working = hmac.create(sha1, authentication);
  }

  protect(place: PacketPlace, payload: Uint8Array): number {
    const { buffer, rollover } = place;
    const { length } = payload;
    const start = this.keystream.seek(place, (length + 15) >> 4);
    const { bytes } = packetMemory;
    for (let i = 0, k = start; i < length; i++, k++) buffer[from + i] = (payload[i] ?? 0) ^ (bytes[k] ?? 0);
    rolloverBytes[0] = rollover >>> 24;
    rolloverBytes[1] = rollover >>> 16;
    rolloverBytes[2] = rollover >>> 8;
    rolloverBytes[3] = rollover;
    // oxlint-disable-next-line no-underscore-dangle -- the library's public `clone()` would allocate
    this.keyed._cloneInto(this.working);
    this.working
      .update(buffer.subarray(0, from + length))
      .update(rolloverBytes)
      .digestInto(digest);
    for (let i = 0; i < TAG; i++) buffer[from + length + i] = digest[i] ?? 0;
    return from + length + TAG;
  }

  close(): void {
    this.keystream.close();
  }
}
