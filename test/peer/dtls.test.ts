import { readFile } from 'node:fs/promises';
import {
  type Certificate,
  Dtls,
  makeCertificate,
  type SrtpKeys,
  type SrtpProfile,
} from '../../appliance/peer/dtls.ts';
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
import { beforeAll, expect, test } from 'vitest';

const GCM = ProtectionProfileAeadAes128Gcm;
const CM = ProtectionProfileAes128CmHmacSha1_80;

let boxCertificate: Certificate;
let phoneCertificate: Certificate;

/** As {@link makeCertificate}, which makes only one in a process. */
async function newCertificate(): Promise<Certificate> {
  const { keyPem, certPem, signatureHash } = await CipherContext.createSelfSignedCertificateWithKey(
    { signature: SignatureAlgorithm.ecdsa_3, hash: HashAlgorithm.sha256_4 },
    NamedCurveAlgorithm.secp256r1_23,
  );
  return new RTCCertificate(keyPem, certPem, signatureHash);
}

beforeAll(async () => {
  boxCertificate = await makeCertificate();
  phoneCertificate = await newCertificate();
});

/** The two ends of one handshake; `network` decides what becomes of each datagram of the phone. */
class Handshake {
  readonly box: Dtls;
  readonly phone: DtlsClient;
  readonly outcome: Promise<SrtpKeys | string>;
  farewell: string | undefined;
  private readonly toPhone: { onData: (data: Buffer) => void };

  constructor({
    box = [GCM, CM],
    phone = [GCM, CM],
    key = phoneCertificate.privateKey,
    extendedMasterSecret = true,
    up = (datagram, arrive) => arrive(datagram),
    down = (datagram, arrive) => arrive(datagram),
  }: {
    box?: SrtpProfile[];
    phone?: SrtpProfile[];
    /** What the phone signs with. */
    key?: string;
    extendedMasterSecret?: boolean;
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
      extendedMasterSecret,
      // It waits for the request that asks for its certificate.
      certificateRequest: true,
    });
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

function record(type: number, content: Buffer, { epoch = 0, sequenceNumber = 7 } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt8(type, 0);
  head.writeUInt16BE(0xfefd, 1);
  head.writeUInt16BE(epoch, 3);
  head.writeUIntBE(sequenceNumber, 5, 6);
  head.writeUInt16BE(content.length, 11);
  return Buffer.concat([head, content]);
}

const read = async (path: string): Promise<string> =>
  readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the library whose inside dtls.ts knows is the one that it was written for', async () => {
  const { dependencies } = JSON.parse(await read('package.json')) as {
    dependencies: Record<string, string>;
  };
  const installed = JSON.parse(await read('node_modules/werift/package.json')) as { version: string };
  expect(dependencies['werift'], 'an exact version').toMatch(/^\d+\.\d+\.\d+$/);
  expect(installed.version).toBe(dependencies['werift']);
});

test.each([
  ['the box’s choice', [GCM, CM], [CM, GCM], GCM],
  ['the box’s other choice', [CM, GCM], [GCM, CM], CM],
  ['the one that the phone has', [GCM, CM], [CM], CM],
] as const)('both ends have the same keys, by %s', async (_, box, phone, profile) => {
  const handshake = new Handshake({ box: [...box], phone: [...phone] });
  const keys = await handshake.keys();
  expect(keys.profile).toBe(profile);
  expect(keys.localKey).toHaveLength(16);
  expect(keys.localSalt).toHaveLength(profile === GCM ? 12 : 14);
  const own = handshake.phone.extractSessionKeys(keyLength(profile), saltLength(profile));
  expect([own.localKey, own.localSalt, own.remoteKey, own.remoteSalt]).toEqual([
    keys.remoteKey,
    keys.remoteSalt,
    keys.localKey,
    keys.localSalt,
  ]);
});

test('without a profile in common there is no connection', async () => {
  const handshake = new Handshake({ box: [GCM], phone: [CM] });
  expect(await handshake.outcome).toBeTypeOf('string');
});

test('who shows the phone’s certificate without having its key is not let in', async () => {
  const thief = await newCertificate();
  const handshake = new Handshake({ key: thief.privateKey });
  expect(await handshake.outcome).toBe('the certificate belongs to somebody else');
});

const HANDSHAKE = 22;
const ALERT = 21;
const finished = Buffer.concat([Buffer.from([20, 0, 0, 12, 0, 9, 0, 0, 0, 0, 0, 12]), Buffer.alloc(12)]);

test('a phone that hangs up is heard', async () => {
  const handshake = new Handshake();
  await handshake.keys();
  handshake.box.receive(handshake.encrypted(ALERT, Buffer.from([1, 100])));
  expect(handshake.farewell, 'no renegotiation: only a warning').toBeUndefined();
  handshake.box.receive(handshake.encrypted(ALERT, Buffer.from([1, 0])));
  expect(handshake.farewell).toBe('the phone hung up');
});

test('nobody else can hang up, start over or disturb a connection that stands', async () => {
  let hello: Buffer = Buffer.alloc(0);
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      if (hello.length === 0) hello = datagram;
      arrive(datagram);
    },
  });
  const keys = await handshake.keys();
  const alert = Buffer.from([1, 0]);
  const forged = handshake.encrypted(ALERT, alert);
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;
  for (const datagram of [
    hello,
    record(ALERT, alert),
    record(ALERT, Buffer.from([2, 40])),
    record(ALERT, alert, { epoch: 1 }),
    record(ALERT, alert, { epoch: 2 }),
    forged,
    record(HANDSHAKE, finished),
    record(HANDSHAKE, finished, { epoch: 1 }),
    record(HANDSHAKE, finished.subarray(0, 5)),
    record(30, Buffer.from('unknown')),
    record(63, Buffer.alloc(0), { epoch: 1 }),
    Buffer.from([HANDSHAKE]),
    Buffer.concat([record(20, Buffer.from([1])), record(ALERT, alert)]),
    record(HANDSHAKE, Buffer.alloc(40)).subarray(0, 30),
  ])
    expect(() => handshake.box.receive(datagram)).not.toThrow();
  expect(handshake.farewell).toBeUndefined();
  expect(await handshake.keys()).toBe(keys);
});

test('garbage in the middle of a handshake is dropped', async () => {
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      arrive(Buffer.from([HANDSHAKE, 0xfe]));
      arrive(record(HANDSHAKE, Buffer.from([11, 255, 255, 255, 0, 2, 0, 0, 0, 0, 0, 1, 0])));
      arrive(record(HANDSHAKE, Buffer.alloc(11)));
      arrive(record(30, Buffer.alloc(4)));
      arrive(record(HANDSHAKE, finished));
      arrive(datagram.subarray(0, datagram.length - 1));
      arrive(datagram);
    },
  });
  await handshake.keys();
});

test('who only ever begins is given up', () => {
  const handshake = new Handshake({ up: () => undefined });
  const part = record(
    HANDSHAKE,
    Buffer.concat([Buffer.from([1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 4, 0]), Buffer.alloc(1_024)]),
  );
  for (let i = 0; i < 1_000 && handshake.farewell === undefined; i++) handshake.box.receive(part);
  expect(handshake.farewell).toBe('the handshake does not end');
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
  'the phone’s datagram %i is lost, and it connects all the same',
  async (lost) => {
    let count = 0;
    const handshake = new Handshake({
      up: (datagram, arrive) => {
        if (count++ !== lost) arrive(datagram);
      },
    });
    const keys = await handshake.keys();
    const own = handshake.phone.extractSessionKeys(keyLength(keys.profile), saltLength(keys.profile));
    expect(own.localKey).toEqual(keys.remoteKey);
  },
);

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'the box’s datagram %i is lost, and it connects all the same',
  async (lost) => {
    let count = 0;
    const handshake = new Handshake({
      down: (datagram, arrive) => {
        if (count++ !== lost) arrive(datagram);
      },
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    handshake.phone.onConnect.once(() => resolve());
    await handshake.keys();
    await promise;
  },
);

test('the phone’s datagrams all come twice and in the wrong order, and it connects all the same', async () => {
  let held: Buffer | undefined;
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      const before = held;
      held = datagram;
      arrive(datagram);
      if (before) arrive(before);
    },
  });
  await handshake.keys();
});

/** A datagram of one handshake record, as datagrams with its message in parts of `size` bytes. */
function inParts(datagram: Buffer, size: number): Buffer[] {
  const message = datagram.subarray(13);
  const body = message.subarray(12);
  return Array.from({ length: Math.ceil(body.length / size) }, (_, i) =>
    record(HANDSHAKE, part(message, i * size, Math.min(size, body.length - i * size)), { sequenceNumber: i }),
  );
}

/** `length` bytes at `offset` of a message, with the head of a part. */
function part(message: Buffer, offset: number, length: number): Buffer {
  const head = Buffer.from(message.subarray(0, 12));
  head.writeUIntBE(offset, 6, 3);
  head.writeUIntBE(length, 9, 3);
  return Buffer.concat([head, message.subarray(12 + offset, 12 + offset + length)]);
}

/** Whether it is one record in the clear with one whole message. */
const isMessage = (datagram: Buffer): boolean =>
  datagram[0] === HANDSHAKE &&
  datagram.readUInt16BE(3) === 0 &&
  datagram.readUInt16BE(11) + 13 === datagram.length;

async function expectKeys(handshake: Handshake): Promise<void> {
  const keys = await handshake.keys();
  const own = handshake.phone.extractSessionKeys(keyLength(keys.profile), saltLength(keys.profile));
  expect(own.localKey).toEqual(keys.remoteKey);
}

test.each<[string, (parts: Buffer[]) => Buffer[]]>([
  ['the last before the second', ([first, ...rest]) => [...(first ? [first] : []), ...rest.toReversed()]],
  ['in reverse', (parts) => parts.toReversed()],
  ['each twice', (parts) => parts.flatMap((each) => [each, each])],
  ['all in one datagram', (parts) => [Buffer.concat(parts)]],
])('each message of the phone comes in parts, %s, and it connects', async (_, arrange) => {
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      if (!isMessage(datagram)) return arrive(datagram);
      const size = Math.ceil((datagram.length - 25) / 3);
      for (const each of arrange(inParts(datagram, size))) arrive(each);
    },
  });
  await expectKeys(handshake);
});

test('parts that overlap, and parts of another message in between, are put together too', async () => {
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      if (!isMessage(datagram)) return arrive(datagram);
      const message = datagram.subarray(13);
      const { length } = message.subarray(12);
      const other = Buffer.from(message);
      other.writeUInt16BE(40, 4);
      for (const [whole, offset, size] of [
        [message, length - 8, 8],
        [other, 0, 10],
        [message, 0, length - 16],
        [message, 4, length - 10],
      ] as const)
        arrive(record(HANDSHAKE, part(whole, offset, size)));
    },
  });
  await expectKeys(handshake);
});

test('the phone’s proofs come the last first, and it connects without asking again', async () => {
  const held: Buffer[] = [];
  let sent = 0;
  const handshake = new Handshake({
    up: (datagram, arrive) => {
      sent++;
      const isProof = isMessage(datagram) && datagram[13] !== 1;
      if (isProof) held.unshift(datagram);
      if (!isProof || held.length === 3) for (const each of isProof ? held : [datagram]) arrive(each);
    },
  });
  await expectKeys(handshake);
  expect(sent, 'two hellos, three proofs, a change of the cipher and its end').toBe(7);
});

/** The extensions of the server's hello, by number (RFC 5246, 7.4.1.3). */
function extensionsOf(hello: Buffer): number[] {
  const found: number[] = [];
  let at = 2 + 32;
  at += 1 + hello.readUInt8(at) + 2 + 1;
  for (at += 2; at < hello.length; at += 4 + hello.readUInt16BE(at + 2)) found.push(hello.readUInt16BE(at));
  return found;
}

const EXTENDED_MASTER_SECRET = 23;

test.each([true, false])(
  'an extended master secret is answered as it is offered: %s',
  async (extendedMasterSecret) => {
    let extensions: number[] = [];
    const handshake = new Handshake({
      extendedMasterSecret,
      down: (datagram, arrive) => {
        if (isMessage(datagram) && datagram[13] === 2) extensions = extensionsOf(datagram.subarray(25));
        arrive(datagram);
      },
    });
    await expectKeys(handshake);
    expect(extensions.includes(EXTENDED_MASTER_SECRET)).toBe(extendedMasterSecret);
  },
);
