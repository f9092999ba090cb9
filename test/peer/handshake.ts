import { expect } from 'vitest';
import {
  CipherContext,
  DtlsClient,
  HashAlgorithm,
  keyLength,
  NamedCurveAlgorithm,
  ProtectionProfileAeadAes128Gcm,
  ProtectionProfileAes128CmHmacSha1_80,
  RTCCertificate,
  saltLength,
  SignatureAlgorithm,
} from 'werift';
import {
  type Certificate,
  Dtls,
  makeCertificate,
  type SrtpKeys,
  type SrtpProfile,
} from '../../appliance/peer/dtls.ts';

export const GCM = ProtectionProfileAeadAes128Gcm;
export const CM = ProtectionProfileAes128CmHmacSha1_80;

/** As {@link makeCertificate}, which makes only one in a process. */
export async function newCertificate(): Promise<Certificate> {
  const { keyPem, certPem, signatureHash } = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return new RTCCertificate(keyPem, certPem, signatureHash);
}

const boxCertificate = await makeCertificate();
const phoneCertificate = await newCertificate();

/** The two ends of one handshake; `network` decides what becomes of each datagram of the phone. */
export class Handshake {
  readonly box: Dtls;
  readonly phone: DtlsClient;
  readonly outcome: Promise<SrtpKeys | string>;
  farewell: string | undefined;
  private readonly toPhone: { onData: (data: Buffer) => void };

  constructor({
    box = [GCM, CM],
    phone = [GCM, CM],
    key = phoneCertificate.privateKey,
    without = [],
    up = (datagram, arrive) => arrive(datagram),
    down = (datagram, arrive) => arrive(datagram),
  }: {
    box?: SrtpProfile[];
    phone?: SrtpProfile[];
    /** What the phone signs with. */
    key?: string;
    /** Extensions that the phone does not offer, by number. */
    without?: readonly number[];
    up?: (datagram: Buffer, arrive: (datagram: Buffer) => void) => void;
    down?: (datagram: Buffer, arrive: (datagram: Buffer) => void) => void;
  } = {}) {
    const socket = {
      type: 'test',
      closed: false,
      address: { address: '', family: '', port: 0 },
      onData: (): void => undefined,
      send: (datagram: Buffer): Promise<void> => {
        setImmediate(() => up(Buffer.from(datagram), (arrived) => this.box.receive(arrived)));
        return Promise.resolve();
      },
      close: (): Promise<void> => Promise.resolve(),
    };
    this.toPhone = socket;
    this.phone = new DtlsClient({
      cert: phoneCertificate.certPem,
      key,
      signatureHash: phoneCertificate.signatureHash,
      transport: socket,
      srtpProfiles: phone,
      extendedMasterSecret: true,
      // It waits for the request that asks for its certificate.
      certificateRequest: true,
    });
    this.phone.extensions = this.phone.extensions.filter(({ type }) => !without.includes(type));
    const { promise, resolve } = Promise.withResolvers<SrtpKeys | string>();
    this.outcome = promise;
    this.box = new Dtls({
      certificate: boxCertificate,
      expected: phoneCertificate.getFingerprints().map(({ algorithm, value }) => ({ algorithm, value })),
      profiles: box,
      send: (datagram) =>
        setImmediate(() => down(Buffer.from(datagram), (arrived) => this.toPhone.onData(arrived))),
      onKeys: resolve,
      onClosed: (reason) => {
        this.farewell = reason;
        resolve(reason);
      },
    });
    this.phone.connect().catch(resolve);
  }

  async keys(): Promise<SrtpKeys> {
    const outcome = await this.outcome;
    if (typeof outcome === 'string') throw new Error(outcome);
    return outcome;
  }

  /** A record as the phone encrypts it. */
  encrypted(type: number, content: Buffer, sequenceNumber = 7): Buffer {
    const { cipher, sessionType } = this.phone;
    const header = { type, version: 0xfefd, epoch: 1, sequenceNumber };
    return record(type, cipher.cipher.encrypt(sessionType, content, header), { epoch: 1, sequenceNumber });
  }
}

export function record(type: number, content: Buffer, { epoch = 0, sequenceNumber = 7 } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(0xfefd, 1);
  head.writeUInt16BE(epoch, 3);
  head.writeUIntBE(sequenceNumber, 5, 6);
  head.writeUInt16BE(content.length, 11);
  return Buffer.concat([head, content]);
}

export const HANDSHAKE = 22;

/** Whether it is one record in the clear with one whole message. */
export const isMessage = (datagram: Buffer): boolean =>
  datagram[0] === HANDSHAKE &&
  datagram.readUInt16BE(3) === 0 &&
  datagram.readUInt16BE(11) + 13 === datagram.length;

export async function expectKeys(handshake: Handshake): Promise<void> {
  const keys = await handshake.keys();
  const own = handshake.phone.extractSessionKeys(keyLength(keys.profile), saltLength(keys.profile));
  expect(own.localKey).toEqual(keys.remoteKey);
}
