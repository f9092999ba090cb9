import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { ProtectionProfileAeadAes128Gcm } from 'werift';
import type { SrtpProfile } from '../dtls.ts';
import { deriveSessionKeys, RTCP_LABELS } from './session-keys.ts';

/** What stays in the clear: the first packet's header and its sender (RFC 3711, 3.4). */
const CLEAR = 8;
const INDEX = 4;
const ENCRYPTED = 0x80000000;
const GCM_TAG = 16;
const CM_TAG = 10;

export interface OpenedRtcp {
  readonly content: Buffer;
  /** Of the first packet. */
  readonly sender: number;
  /** SRTCP's own count (RFC 3711, 3.4). Whether it is a new one is for the caller to see. */
  readonly index: number;
}

/**
 * One direction of SRTCP, both profiles (RFC 3711, 3.4; RFC 7714, 9). Keys are objects of OpenSSL's: of bytes Node makes
 * such an object for each packet, and takes down a stack trace meanwhile.
 */
export class Srtcp {
  private readonly gcm: boolean;
  private readonly key: KeyObject;
  private readonly authentication: KeyObject;
  private readonly salt: Buffer;
  private nextIndex = 0;

  constructor({
    profile,
    masterKey,
    masterSalt,
  }: {
    profile: SrtpProfile;
    masterKey: Buffer;
    masterSalt: Buffer;
  }) {
    const { key, salt, authentication } = deriveSessionKeys(masterKey, masterSalt, RTCP_LABELS);
    this.gcm = profile === ProtectionProfileAeadAes128Gcm;
    this.key = createSecretKey(key);
    this.authentication = createSecretKey(authentication);
    this.salt = salt;
  }

  /** @param packet a compound packet (RFC 3550, 6.1). */
  protect(packet: Buffer): Buffer {
    this.nextIndex = (this.nextIndex + 1) & 0x7fffffff;
    const clear = packet.subarray(0, CLEAR);
    const word = Buffer.alloc(INDEX);
    word.writeUInt32BE((ENCRYPTED | this.nextIndex) >>> 0);
    const iv = this.iv(packet.readUInt32BE(4), this.nextIndex);
    if (this.gcm) {
      const cipher = createCipheriv('aes-128-gcm', this.key, iv, { authTagLength: GCM_TAG });
      cipher.setAAD(Buffer.concat([clear, word]));
      const text = cipher.update(packet.subarray(CLEAR));
      cipher.final();
      return Buffer.concat([clear, text, cipher.getAuthTag(), word]);
    }
    const text = createCipheriv('aes-128-ctr', this.key, iv).update(packet.subarray(CLEAR));
    const proven = Buffer.concat([clear, text, word]);
    return Buffer.concat([proven, this.tag(proven)]);
  }

  /** @returns nothing when it is torn, not encrypted, or not proven. */
  open(datagram: Buffer): OpenedRtcp | undefined {
    const { gcm } = this;
    const end = gcm ? datagram.length : datagram.length - CM_TAG;
    const textEnd = end - INDEX - (gcm ? GCM_TAG : 0);
    if (textEnd < CLEAR) return undefined;
    const word = datagram.readUInt32BE(end - INDEX);
    if (word < ENCRYPTED) return undefined;
    const index = word - ENCRYPTED;
    const sender = datagram.readUInt32BE(4);
    const text = this.decrypt(datagram, { iv: this.iv(sender, index), textEnd, end });
    return text && { content: Buffer.concat([datagram.subarray(0, CLEAR), text]), sender, index };
  }

  private decrypt(
    datagram: Buffer,
    { iv, textEnd, end }: { iv: Buffer; textEnd: number; end: number },
  ): Buffer | undefined {
    const encrypted = datagram.subarray(CLEAR, textEnd);
    if (!this.gcm) {
      if (!timingSafeEqual(this.tag(datagram.subarray(0, end)), datagram.subarray(end))) return undefined;
      return createDecipheriv('aes-128-ctr', this.key, iv).update(encrypted);
    }
    const cipher = createDecipheriv('aes-128-gcm', this.key, iv, { authTagLength: GCM_TAG });
    cipher.setAAD(Buffer.concat([datagram.subarray(0, CLEAR), datagram.subarray(end - INDEX, end)]));
    cipher.setAuthTag(datagram.subarray(textEnd, textEnd + GCM_TAG));
    try {
      const text = cipher.update(encrypted);
      cipher.final();
      return text;
    } catch {
      return undefined;
    }
  }

  private tag(proven: Buffer): Buffer {
    return createHmac('sha1', this.authentication).update(proven).digest().subarray(0, CM_TAG);
  }

  /** RFC 7714, 9.1, and RFC 3711, 4.1.1: salt, sender and index, XORed at their places. */
  private iv(sender: number, index: number): Buffer {
    const iv = Buffer.alloc(this.gcm ? 12 : 16);
    iv.writeUInt32BE(sender, this.gcm ? 2 : 4);
    iv.writeUInt32BE(index, this.gcm ? 8 : 10);
    for (let i = 0; i < this.salt.length; i++) iv[i] = (iv[i] ?? 0) ^ (this.salt[i] ?? 0);
    return iv;
  }
}
