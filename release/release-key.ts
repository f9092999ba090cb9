import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';

/** Opens a private key that was made with a passphrase. */
const PASSPHRASE = 'UBIZO_RELEASE_PASSPHRASE';

/** The vendor's Ed25519 key (RFC 8032): what it signed, a box installs. */
export class ReleaseKey {
  private readonly key: KeyObject;

  private constructor(key: KeyObject) {
    this.key = key;
  }

  /** @throws when the file cannot be used, or when others than its owner may read it. */
  static read(path: string, passphrase = process.env[PASSPHRASE]): ReleaseKey {
    const { mode } = statSync(path);
    if ((mode & 0o077) !== 0)
      throw new Error(`Others may read ${path}, so it is no secret. Run: chmod 600 ${path}`);
    const key = createPrivateKey({
      key: readFileSync(path),
      ...(passphrase !== undefined && { passphrase }),
    });
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${path} is not an Ed25519 key.`);
    return new ReleaseKey(key);
  }

  /** Makes a key and keeps it in a new file; encrypted with the passphrase, if there is one. */
  static make(path: string, passphrase = process.env[PASSPHRASE]): ReleaseKey {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      ...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }),
    });
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
    return new ReleaseKey(privateKey);
  }

  /** PEM, as `openssl pkeyutl -pubin` reads it. */
  get publicPem(): string {
    return createPublicKey(this.key).export({ type: 'spki', format: 'pem' }).toString();
  }

  /** 64 bytes. */
  sign(message: Uint8Array): Buffer {
    return sign(null, message, this.key);
  }
}
