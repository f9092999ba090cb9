import { readFile } from 'node:fs/promises';
import { keyLength, saltLength } from 'werift';
import { expect, test } from 'vitest';
import { CM, GCM, Handshake, HANDSHAKE, newCertificate, record } from './handshake.ts';

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
