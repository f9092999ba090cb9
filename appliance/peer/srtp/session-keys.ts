import { createCipheriv } from 'node:crypto';

/** What one direction of one SRTP session encrypts with (RFC 3711, 4.3). */
export interface SessionKeys {
  /** 16 bytes. */
  readonly key: Buffer;
  /** 14 bytes for AES-CM, 12 for AES-GCM. */
  readonly salt: Buffer;
  /** 20 bytes; unused by AES-GCM. */
  readonly authentication: Buffer;
}

const LABEL = { key: 0, authentication: 1, salt: 2 } as const;

/**
 * Key derivation, rate 0 (RFC 3711, 4.3.1 and 4.3.3; a 12-byte salt is padded with zeros: RFC 7714, 11).
 * @param masterKey 16 bytes. @param masterSalt 14 or 12 bytes.
 */
export function deriveSessionKeys(masterKey: Buffer, masterSalt: Buffer): SessionKeys {
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16);
    masterSalt.copy(counter);
    counter[7] = (counter[7] ?? 0) ^ label;
    return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length));
  };
  return {
    key: derive(LABEL.key, 16),
    authentication: derive(LABEL.authentication, 20),
    salt: derive(LABEL.salt, masterSalt.length),
  };
}
