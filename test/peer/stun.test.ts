import { createSecretKey, randomBytes } from 'node:crypto';
import { classes, Message, methods, parseMessage } from 'werift';
import { expect, test } from 'vitest';
import { IceLite } from '../../appliance/peer/ice-lite.ts';
import { isProven, readRequest, respondTo } from '../../appliance/peer/stun.ts';

const PASSWORD = Buffer.from('0123456789012345678901');
const KEY = createSecretKey(PASSWORD);

/** A check as another implementation writes it. */
function check(user: string, password: Buffer, extra: (message: Message) => void = () => undefined): Buffer {
  const message = new Message(methods.BINDING, classes.REQUEST, randomBytes(12));
  message.setAttribute('USERNAME', `${user}:remote`).setAttribute('PRIORITY', 1);
  extra(message);
  return message.addMessageIntegrity(password).addFingerprint().bytes;
}

test('another implementation’s check is understood, and its proof holds', () => {
  const plain = check('abcd', PASSWORD);
  const request = readRequest(plain);
  expect(request).toMatchObject({ addressee: 'abcd', nominates: false, conflicts: false });
  const before = Buffer.from(plain);
  expect(request && isProven(plain, request, KEY)).toBe(true);
  expect(plain.equals(before), 'the datagram is as it was').toBe(true);
  expect(request && isProven(plain, request, createSecretKey(randomBytes(22)))).toBe(false);
  const nominating = check('abcd', PASSWORD, (message) => message.setAttribute('USE-CANDIDATE', null));
  expect(readRequest(nominating)).toMatchObject({ nominates: true });
});

test.each([
  ['192.0.2.77', 40_001],
  ['2001:db8::1:0:7', 65_535],
  ['fe80::1', 9],
])('another implementation understands the response to %s', (address, port) => {
  const request = check('abcd', PASSWORD);
  const response = respondTo(request, { from: { address, port }, key: KEY, conflict: false });
  const read = parseMessage(response, PASSWORD);
  expect(read?.messageClass).toBe(classes.RESPONSE);
  expect(read?.transactionId.equals(request.subarray(8, 20))).toBe(true);
  const [mapped = '', mappedPort = 0] = (read?.getAttributeValue('XOR-MAPPED-ADDRESS') ?? []) as [
    string?,
    number?,
  ];
  expect(new URL(`http://[${mapped.includes(':') ? mapped : `::ffff:${mapped}`}]`).host).toBe(
    new URL(`http://[${address.includes(':') ? address : `::ffff:${address}`}]`).host,
  );
  expect(mappedPort).toBe(port);
});

test('who also wants to be controlled is told so', () => {
  const request = check('abcd', PASSWORD, (message) => message.setAttribute('ICE-CONTROLLED', 1n));
  expect(readRequest(request)?.conflicts).toBe(true);
  const response = respondTo(request, { from: { address: '192.0.2.1', port: 1 }, key: KEY, conflict: true });
  const read = parseMessage(response, PASSWORD);
  expect(read?.messageClass).toBe(classes.ERROR);
  expect(read?.getAttributeValue('ERROR-CODE')).toEqual([487, 'Role Conflict']);
});

test('what stands behind the proof, or has none, counts for nothing', () => {
  const proven = check('abcd', PASSWORD);
  const forged = Buffer.concat([proven, Buffer.from([0, 0x25, 0, 0])]);
  forged.writeUInt16BE(forged.length - 20, 2);
  expect(readRequest(forged)).toMatchObject({ nominates: false });
  const bare = new Message(methods.BINDING, classes.REQUEST, randomBytes(12));
  bare.setAttribute('USERNAME', 'abcd:remote');
  expect(readRequest(bare.bytes)).toBeUndefined();
  expect(readRequest(proven.subarray(0, 40))).toBeUndefined();
  expect(readRequest(randomBytes(60))).toBeUndefined();
});

test('the phone’s sound goes where it last nominated, before and after an ICE restart', () => {
  const ice = new IceLite();
  const paths = [1, 2, 3].map((port) => ({ address: '192.0.2.9', port }));
  const nominate = (index: number, { userFragment, password } = ice.local, nominates = true): boolean => {
    const from = paths[index] ?? { address: '', port: 0 };
    const datagram = check(userFragment, Buffer.from(password), (message) => {
      if (nominates) message.setAttribute('USE-CANDIDATE', null);
    });
    const request = readRequest(datagram);
    return request !== undefined && ice.check(datagram, request, from) !== undefined;
  };
  expect(nominate(0)).toBe(true);
  expect(nominate(1)).toBe(true);
  expect(ice.selected).toBe(paths[1]);
  const old = ice.local;
  ice.restart();
  expect(nominate(0, old), 'the old name is still answered').toBe(true);
  expect(ice.selected, 'and a phone in another network is followed').toBe(paths[0]);
  expect(nominate(2, ice.local, false)).toBe(true);
  expect(ice.selected, 'a phone may hold on to a path that is gone: the first new one serves').toBe(paths[2]);
  expect(nominate(0, old)).toBe(true);
  expect(nominate(1, ice.local, false)).toBe(true);
  expect(ice.selected, 'from now on only what is nominated moves it').toBe(paths[2]);
  expect(nominate(1)).toBe(true);
  expect(nominate(2)).toBe(true);
  expect(ice.selected).toBe(paths[2]);
  expect(nominate(0, { userFragment: ice.local.userFragment, password: 'wrong' })).toBe(false);
  expect(ice.selected).toBe(paths[2]);
});
