import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { Keystream } from './keystream.ts';
import type { PacketPlace, Protector } from './protector.ts';
import type { SessionKeys } from './session-keys.ts';

const TAG = 10;
/** Used within one call only. */
const digest = new Uint8Array(20);
const rolloverBytes = Buffer.alloc(4);

/** AES128_CM_HMAC_SHA1_80 for SRTP (RFC 3711, 4.1.1 and 4.2.1). */
export class AesCmHmac implements Protector {
  private readonly keystream: Keystream;
  private readonly salt: Buffer;
  private readonly counter = Buffer.alloc(16);
  private readonly keyed;
  private readonly working;

  constructor({ key, salt, authentication }: SessionKeys) {
    this.keystream = new Keystream(key);
    this.salt = salt;
    // The key is hashed in once; each packet starts from a copy of that state.
    this.keyed = hmac.create(sha1, authentication);
    this.working = hmac.create(sha1, authentication);
  }

  protect(place: PacketPlace, payload: Uint8Array): number {
    const { buffer, at, headerLength } = place;
    const { length } = payload;
    this.setCounter(place);
    const stream = this.keystream.generate(this.counter, 0, (length + 15) >> 4);
    const from = at + headerLength;
    for (let i = 0; i < length; i++) buffer[from + i] = (payload[i] ?? 0) ^ (stream[i] ?? 0);
    rolloverBytes.writeUInt32BE(place.rollover, 0);
    // oxlint-disable-next-line no-underscore-dangle -- the library's public `clone()` would allocate
    this.keyed._cloneInto(this.working);
    this.working
      .update(buffer.subarray(at, from + length))
      .update(rolloverBytes)
      .digestInto(digest);
    for (let i = 0; i < TAG; i++) buffer[from + length + i] = digest[i] ?? 0;
    return headerLength + length + TAG;
  }

  /** (salt × 2^16) XOR (SSRC × 2^64) XOR (index × 2^16). */
  private setCounter({ ssrc, rollover, sequenceNumber }: PacketPlace): void {
    const { counter, salt } = this;
    counter.writeUInt32BE(0, 0);
    counter.writeUInt32BE(ssrc, 4);
    counter.writeUInt32BE(rollover, 8);
    counter.writeUInt16BE(sequenceNumber, 12);
    for (let i = 0; i < 14; i++) counter[i] = (counter[i] ?? 0) ^ (salt[i] ?? 0);
  }
}
