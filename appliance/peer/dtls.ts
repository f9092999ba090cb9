import { verify, X509Certificate } from 'node:crypto';
import {
  DtlsServer,
  fingerprint as fingerprintOf,
  keyLength,
  type ProtectionProfileAeadAes128Gcm,
  type ProtectionProfileAes128CmHmacSha1_80,
  RTCDtlsTransport,
  saltLength,
} from 'werift';
import {
  ALERT,
  type DtlsRecord,
  fragmentsOf,
  HANDSHAKE,
  type HandshakeFragment,
  type HandshakeMessage,
  RECORD_HEADER,
  recordOf,
  recordsOf,
} from './dtls-records.ts';
import { offersRenegotiationInfo, withoutRenegotiationInfo } from './hello.ts';
import type { Fingerprint } from './fingerprints.ts';
import { HandshakeAssembly } from './handshake-assembly.ts';

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

/** RFC 5246, 7.4. */
const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
const CERTIFICATE = 11;
const CERTIFICATE_VERIFY = 15;
const CLIENT_KEY_EXCHANGE = 16;
const FINISHED = 20;
/** The steps with which a phone proves itself, in their order. */
const PROOFS = [CERTIFICATE, CLIENT_KEY_EXCHANGE, CERTIFICATE_VERIFY];

/** RFC 5246, 7.2: a level and a description. */
const FATAL = 2;
const CLOSE_NOTIFY = 0;

/** werift's numbers for having sent its own part of the handshake, and for the phone's steps after that. */
const ANSWERED = 4;
const PROVING = 5;
/** RFC 5246, 7.4.1.4.1 in werift's request: SHA-256, with RSA or ECDSA. */
const SHA256 = 4;
/** What one handshake may bring, repeats included, bytes. */
const MAX_HANDSHAKE = 2 ** 17;

/**
 * DTLS 1.2 server for one phone (RFC 5764, RFC 8827), by werift. This is the only file that knows what werift's
 * handshake looks like inside; its version is pinned and `test/peer/dtls.test.ts` fails when that changes.
 *
 * werift trusts what it is given: it throws at torn records, takes unknown ones for a farewell, takes a step twice
 * or out of turn and then derives other keys than the phone, joins the parts of a message only when the last of them
 * comes last, answers with extensions that were not offered, and looks at no signature. All that is seen to here.
 */
export class Dtls {
  private readonly options: DtlsOptions;
  private readonly server: DtlsServer;
  private readonly socket: { onData: (data: Buffer) => void };
  private readonly assembly = new HandshakeAssembly();
  private done = false;
  private taken = 0;
  /** The phone has offered the extension (RFC 5746), so the box may answer it. */
  private renegotiationInfo = false;

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
    const offersMasterSecret = (): boolean => this.server?.dtls.remoteExtendedMasterSecret ?? false;
    this.server = new DtlsServer({
      cert: certificate.certPem,
      key: certificate.privateKey,
      signatureHash: certificate.signatureHash,
      transport: socket,
      srtpProfiles: [...profiles],
      // RFC 5246, 7.4.1.4: an answer has no extension that was not offered. Asked when the answer is made.
      get extendedMasterSecret(): boolean {
        return offersMasterSecret();
      },
      certificateRequest: true,
    });
    this.answerWhatIsOffered();
    this.server.onConnect.once(() => this.connected());
    this.server.onError.once((error) => options.onClosed(String(error)));
    this.server.onClose.subscribe(() => options.onClosed('the phone hung up'));
  }

  /** A datagram from the phone, or from who pretends to be it. Takes up to a few milliseconds in the handshake. */
  receive(datagram: Buffer): void {
    for (const record of recordsOf(datagram)) {
      if (this.done) this.after(record);
      else this.before(record);
    }
  }

  /** In the handshake: each step once and in turn. What was lost on the way comes again, all of it. */
  private before(record: DtlsRecord): void {
    this.taken += record.bytes.length;
    if (this.taken > MAX_HANDSHAKE) this.options.onClosed('the handshake does not end');
    else if (record.type === ALERT) {
      if (record.epoch === 0) this.socket.onData(record.bytes);
    } else if (record.type === HANDSHAKE) {
      if (record.epoch === 0) this.step(record);
      else if (this.has(PROOFS)) this.socket.onData(record.bytes);
    }
  }

  private step(record: DtlsRecord): void {
    const { assembly } = this;
    for (const fragment of fragmentsOf(record)) if (this.isAwaited(fragment)) assembly.add(fragment);
    const isNext = ({ type }: HandshakeMessage): boolean =>
      this.has(PROOFS.slice(0, Math.max(0, PROOFS.indexOf(type))));
    for (let next = assembly.take(isNext); next; next = assembly.take(isNext)) {
      if (next.type === CLIENT_HELLO) this.renegotiationInfo = offersRenegotiationInfo(next.body);
      this.socket.onData(recordOf(next));
    }
  }

  /** werift's hello always has the extension: it is taken out where the hello is kept, before it is sent and hashed. */
  private answerWhatIsOffered(): void {
    const { dtls } = this.server;
    const keep = dtls.bufferHandshakeCache.bind(dtls);
    dtls.bufferHandshakeCache = (messages, isLocal, flight) => {
      for (const message of messages) {
        if (!isLocal || message.msg_type !== SERVER_HELLO || this.renegotiationInfo) continue;
        message.fragment = withoutRenegotiationInfo(message.fragment);
        message.length = message.fragment.length;
        message.fragment_length = message.fragment.length;
      }
      keep(messages, isLocal, flight);
    };
  }

  private isAwaited({ type, sequence }: HandshakeFragment): boolean {
    // A late first hello would make werift throw dice again, under a handshake that has gone on.
    if (type === CLIENT_HELLO) return sequence > 0 || this.server.dtls.flight < ANSWERED;
    return PROOFS.includes(type) && !this.has([type]);
  }

  /** Whether the phone has taken these steps. */
  private has(types: readonly number[]): boolean {
    const taken = this.server.dtls.handshakeCache[PROVING]?.data ?? [];
    return types.every((type) => taken.some(({ msg_type }) => msg_type === type));
  }

  /**
   * Once the connection stands only what is encrypted counts: a farewell, or the phone's last step again, because
   * the box's was lost. Anyone could send the rest (RFC 6347, 4.1.2.7).
   */
  private after(record: DtlsRecord): void {
    const content = record.epoch > 0 ? this.decrypt(record.bytes) : undefined;
    if (!content) return;
    const [first, second] = content;
    if (record.type === ALERT && (first === FATAL || second === CLOSE_NOTIFY))
      this.options.onClosed('the phone hung up');
    else if (record.type === HANDSHAKE && first === FINISHED) this.socket.onData(record.bytes);
  }

  private decrypt(bytes: Buffer): Buffer | undefined {
    const { cipher, sessionType } = this.server;
    try {
      return cipher.cipher.decrypt(sessionType, bytes.subarray(RECORD_HEADER), {
        type: bytes.readUInt8(0),
        version: bytes.readUInt16BE(1),
        epoch: bytes.readUInt16BE(3),
        sequenceNumber: bytes.readUIntBE(5, 6),
      });
    } catch {
      return undefined;
    }
  }

  private connected(): void {
    if (this.done) return;
    this.done = true;
    this.assembly.clear();
    const { options, server } = this;
    const profile = server.srtp.srtpProfile;
    const certificate = server.remoteCertificate;
    if (profile === undefined || !certificate) options.onClosed('no SRTP profile was agreed');
    else if (!options.expected.some((each) => matches(certificate, each)))
      options.onClosed('the certificate is not the one that the offer announced');
    else if (!this.owns(certificate)) options.onClosed('the certificate belongs to somebody else');
    else options.onKeys({ profile, ...server.extractSessionKeys(keyLength(profile), saltLength(profile)) });
  }

  /** Whether the phone has signed the handshake with its certificate's key (RFC 5246, 7.4.8). */
  private owns(certificate: Buffer): boolean {
    const said = this.server.dtls.sortedHandshakeCache;
    const end = said.findIndex(({ msg_type }) => msg_type === CERTIFICATE_VERIFY);
    const proof = said[end]?.fragment;
    if (proof?.[0] !== SHA256) return false;
    try {
      const before = Buffer.concat(said.slice(0, end).map((message) => message.serialize()));
      return verify('sha256', before, new X509Certificate(certificate).publicKey, proof.subarray(4));
    } catch {
      return false;
    }
  }
}

/** A phone's hello: whoever is past it has less to wait for, and goes first when many come at once. */
export function begins(datagram: Buffer): boolean {
  return datagram[0] === HANDSHAKE && datagram[RECORD_HEADER] === CLIENT_HELLO;
}

function matches(certificate: Buffer, { algorithm, value }: Fingerprint): boolean {
  return fingerprintOf(certificate, algorithm.replace('-', '')).toUpperCase() === value;
}
