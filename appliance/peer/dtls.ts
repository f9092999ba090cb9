import {
  DtlsServer,
  fingerprint as fingerprintOf,
  keyLength,
  type ProtectionProfileAeadAes128Gcm,
  type ProtectionProfileAes128CmHmacSha1_80,
  RTCDtlsTransport,
  saltLength,
} from 'werift';
import type { Fingerprint } from './offer.ts';

/** SRTP master keys and salts of one connection (RFC 5764, 4.2), `local` for what the box sends. */
export interface SrtpKeys {
  readonly profile: SrtpProfile;
  readonly localKey: Buffer;
  readonly localSalt: Buffer;
  readonly remoteKey: Buffer;
  readonly remoteSalt: Buffer;
}

/** RFC 5764, 4.1.2 and RFC 7714, 14.2. */
export type SrtpProfile = typeof ProtectionProfileAeadAes128Gcm | typeof ProtectionProfileAes128CmHmacSha1_80;

export type Certificate = Awaited<ReturnType<typeof RTCDtlsTransport.SetupCertificate>>;

/** The box's DTLS certificate: self-signed, made when the thread starts; phones check it by the answer's fingerprint. */
export function makeCertificate(): Promise<Certificate> {
  return RTCDtlsTransport.SetupCertificate();
}

export interface DtlsOptions {
  readonly certificate: Certificate;
  /** What the offer said the phone's certificate would be. */
  readonly expected: readonly Fingerprint[];
  /** In the order of preference. */
  readonly profiles: readonly SrtpProfile[];
  readonly send: (datagram: Buffer) => void;
  readonly onKeys: (keys: SrtpKeys) => void;
  /** The phone hung up, or the handshake failed. */
  readonly onClosed: (reason: string) => void;
}

const ALERT = 21;
const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
const RECORD_HEADER = 13;

/**
 * DTLS 1.2 server for one phone (RFC 5764, RFC 8827), by werift. This is the only file that knows what werift's
 * handshake looks like inside; its version is pinned and `test/peer/dtls.test.ts` fails when that changes.
 */
export class Dtls {
  private readonly options: DtlsOptions;
  private readonly server: DtlsServer;
  private readonly socket: { onData: (data: Buffer) => void };
  private done = false;

  constructor(options: DtlsOptions) {
    const { certificate, profiles } = options;
    this.options = options;
    const socket = {
      type: 'ice',
      closed: false,
      address: { address: '', family: '', port: 0 },
      // Set by the server.
      onData: (): void => undefined,
      send: (data: Buffer): Promise<void> => {
        options.send(data);
        return Promise.resolve();
      },
      close: (): Promise<void> => Promise.resolve(),
    };
    this.socket = socket;
    this.server = new DtlsServer({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: socket,
      srtpProfiles: [...profiles],
      extendedMasterSecret: true,
      certificateRequest: true,
    });
    this.server.onConnect.once(() => this.connected());
    this.server.onError.once((error) => options.onClosed(error.message));
    this.server.onClose.subscribe(() => options.onClosed('the phone hung up'));
  }

  /** A datagram from the phone. Takes up to a few milliseconds during the handshake. */
  receive(datagram: Buffer): void {
    if (this.done && unprotected(datagram)) return;
    this.socket.onData(datagram);
  }

  private connected(): void {
    if (this.done) return;
    this.done = true;
    const { options, server } = this;
    const profile = server.srtp.srtpProfile;
    const certificate = server.remoteCertificate;
    if (profile === undefined || !certificate) options.onClosed('no SRTP profile was agreed');
    else if (!options.expected.some((each) => matches(certificate, each)))
      options.onClosed('the certificate is not the one that the offer announced');
    else options.onKeys({ profile, ...server.extractSessionKeys(keyLength(profile), saltLength(profile)) });
  }
}

/** A phone's hello: whoever is past it has less to wait for, and goes first when many come at once. */
export function begins(datagram: Buffer): boolean {
  return datagram[0] === HANDSHAKE && datagram[RECORD_HEADER] === CLIENT_HELLO;
}

function matches(certificate: Buffer, { algorithm, value }: Fingerprint): boolean {
  if (!/^sha-(256|384|512)$/.test(algorithm)) return false;
  return fingerprintOf(certificate, algorithm.replace('-', '')).toUpperCase() === value;
}

/** An alert or a new hello in the clear, which anyone could send once the connection stands (RFC 6347, 4.1). */
function unprotected(datagram: Buffer): boolean {
  for (let at = 0; at + RECORD_HEADER <= datagram.length;) {
    const type = datagram[at];
    const epoch = datagram.readUInt16BE(at + 3);
    const hello = type === HANDSHAKE && datagram[at + RECORD_HEADER] === CLIENT_HELLO;
    if (epoch === 0 && (type === ALERT || hello)) return true;
    at += RECORD_HEADER + datagram.readUInt16BE(at + 11);
  }
  return false;
}
