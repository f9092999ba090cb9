import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { nameConstraints } from './name-constraints.ts';

/** A certificate and the key that belongs to it, PEM. */
export interface Pair {
  readonly cert: string;
  readonly key: string;
}

interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

// What every phone of the last ten years takes, and made in a moment on a small board.
const KEYS = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

x509.cryptoProvider.set(webcrypto);

/**
 * An authority of this box's own (RFC 5280), for whoever wants to trust the box. It is bound to local names and private
 * addresses (4.2.1.10): a phone that trusts it trusts it for nothing on the Internet.
 */
export async function issueAuthority({
  name,
  names,
  ...validity
}: Validity & { name: string; names: readonly string[] }): Promise<Pair> {
  const keys = await webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension('2.5.29.30', true, nameConstraints(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemOf(keys.privateKey) };
}

/** What a server shows, for `names`: host names and addresses. */
export async function issueCertificate({
  authority,
  names,
  ...validity
}: Validity & { authority: Pair; names: readonly string[] }): Promise<Pair> {
  const issuer = new x509.X509Certificate(authority.cert);
  const [signingKey, keys] = await Promise.all([
    webcrypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(authority.key), KEYS, false, ['sign']),
    webcrypto.subtle.generateKey(KEYS, true, ['sign', 'verify']),
  ]);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: `CN=${names[0] ?? 'Ubizo'}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      // Phones take no server's certificate without these two.
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    cert: `${certificate.toString('pem')}\n${authority.cert}`,
    key: await pemOf(keys.privateKey),
  };
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** Positive, and known to nobody before (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(Buffer.alloc(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
