import { expect, test } from 'vitest';
import { offersRenegotiationInfo } from '../../appliance/peer/hello.ts';
import { expectKeys, Handshake, isMessage } from './handshake.ts';

const EXTENDED_MASTER_SECRET = 23;
const RENEGOTIATION_INFO = 0xff_01;

/** The extensions of the server's hello, by number (RFC 5246, 7.4.1.3). */
function extensionsOf(hello: Buffer): number[] {
  const found: number[] = [];
  let at = 2 + 32;
  at += 1 + hello.readUInt8(at) + 2 + 1;
  for (at += 2; at < hello.length; at += 4 + hello.readUInt16BE(at + 2)) found.push(hello.readUInt16BE(at));
  return found;
}

test.each([
  ['everything', [], [EXTENDED_MASTER_SECRET, RENEGOTIATION_INFO]],
  ['no extended master secret', [EXTENDED_MASTER_SECRET], [RENEGOTIATION_INFO]],
  ['nothing about renegotiation', [RENEGOTIATION_INFO], [EXTENDED_MASTER_SECRET]],
  ['neither', [EXTENDED_MASTER_SECRET, RENEGOTIATION_INFO], []],
])(
  'a phone that offers %s is answered no extension that it has not offered',
  async (_, without, answered) => {
    let extensions: number[] = [];
    const handshake = new Handshake({
      without,
      down: (datagram, arrive) => {
        if (isMessage(datagram) && datagram[13] === 2) extensions = extensionsOf(datagram.subarray(25));
        arrive(datagram);
      },
    });
    await expectKeys(handshake);
    const both = [EXTENDED_MASTER_SECRET, RENEGOTIATION_INFO];
    expect(extensions.filter((type) => both.includes(type))).toEqual(answered);
  },
);

/** A client's hello without extensions. */
const helloWith = (...suites: number[]): Buffer =>
  Buffer.concat([
    Buffer.alloc(2 + 32),
    Buffer.from([
      0,
      2,
      7,
      7,
      0,
      suites.length * 2,
      ...suites.flatMap((suite) => [suite >> 8, suite & 255]),
      1,
      0,
    ]),
  ]);

test('a cipher suite that stands for the extension offers it as well', () => {
  expect(offersRenegotiationInfo(helloWith(0xc0_2b, 0x00_ff))).toBe(true);
  expect(offersRenegotiationInfo(helloWith(0xc0_2b))).toBe(false);
  expect(offersRenegotiationInfo(helloWith(0xc0_2b, 0x00_ff).subarray(0, 40))).toBe(false);
});
