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

/** RFC 3711, 4.3.1 and 4.3.2. */
export const RTP_LABELS = { key: 0, authentication: 1, salt: 2 } as const;
export const RTCP_LABELS = { key: 3, authentication: 4, salt: 5 } as const;

/**
 * Key derivation, rate 0 (RFC 3711, 4.3.1 and 4.3.3; a 12-byte salt is padded with zeros: RFC 7714, 11).
 * @param masterKey 16 bytes. @param masterSalt 14 or 12 bytes.
 */
export function deriveSessionKeys(
  masterKey: Buffer,
  masterSalt: Buffer,
  labels: typeof RTP_LABELS | typeof RTCP_LABELS = RTP_LABELS,
): SessionKeys {
  const derive = (label: number, length: number): Buffer => {
    const counter = Buffer.alloc(16);
    masterSalt.copy(counter);
    counter[7] = (counter[7] ?? 0) ^ label;
    return createCipheriv('aes-128-ctr', masterKey, counter).update(Buffer.alloc(length));
  };
  return {
    key: derive(labels.key, 16),
    authentication: derive(labels.authentication, 20),
    salt: derive(labels.salt, masterSalt.length),
  };
}
