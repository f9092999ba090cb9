import { ProtectionProfileAeadAes128Gcm } from 'werift';
import type { SrtpProfile } from '../dtls.ts';
import { AesCmHmac } from './aes-cm-hmac.ts';
import { AesGcm } from './aes-gcm.ts';
import type { Protector } from './protector.ts';
import { deriveSessionKeys } from './session-keys.ts';

export function createProtector(
  profile: SrtpProfile,
  { masterKey, masterSalt, ssrc }: { masterKey: Buffer; masterSalt: Buffer; ssrc: number },
): Protector {
  const keys = deriveSessionKeys(masterKey, masterSalt);
  return profile === ProtectionProfileAeadAes128Gcm ? new AesGcm(keys, ssrc) : new AesCmHmac(keys, ssrc);
}
