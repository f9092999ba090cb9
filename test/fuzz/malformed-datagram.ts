import * as fc from 'fast-check';

/** RFC 7983: what the first byte says that a datagram is. */
const STUN = [0, 1, 2, 3] as const;
const DTLS = [20, 21, 22, 23, 24, 30, 63] as const;
const MEDIA = [128, 129, 144, 160, 191] as const;
const OTHERS = [4, 16, 64, 79, 127, 192, 255] as const;

const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

const beginning = (first: readonly number[], rest: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.tuple(fc.constantFrom(...first), rest).map(([byte, tail]) => Buffer.concat([Buffer.from([byte]), tail]));

/** A datagram that was good, after an accident: bits flipped, cut short, made longer, two run together. */
export function damagedFrom(good: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const any = fc.nat(10_000).map((index) => good[index % good.length] ?? Buffer.alloc(0));
  return fc.oneof(
    fc
      .tuple(any, fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { minLength: 1, maxLength: 8 }))
      .map(([datagram, flips]) => {
        const copy = Buffer.from(datagram);
        for (const [at, mask] of flips) copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (mask || 1);
        return copy;
      }),
    fc.tuple(any, fc.nat(1_999)).map(([datagram, length]) => datagram.subarray(0, length % datagram.length)),
    fc.tuple(any, bytes(64)).map(([datagram, tail]) => Buffer.concat([datagram, Buffer.from([0]), tail])),
    fc.tuple(any, any).map(([one, other]) => Buffer.concat([one, other])),
  );
}

/** Attributes of any type with lengths that fit, or do not. */
const attribute = fc
  .tuple(
    fc.constantFrom(
      0x0001,
      0x0006,
      0x0008,
      0x0009,
      0x000c,
      0x001c,
      0x0020,
      0x0025,
      0x8022,
      0x8028,
      0x8029,
      0x802a,
    ),
    bytes(40),
    fc.oneof(fc.constant(0), fc.integer({ min: -40, max: 70_000 })),
  )
  .map(([type, value, lie]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(type, 0);
    head.writeUInt16BE(Math.max(0, Math.min(65_535, value.length + lie)), 2);
    return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  });

/** STUN by its looks (RFC 8489, 5), for nobody or for `user`, and without proof. */
export function stun(user: string): fc.Arbitrary<Buffer> {
  const name = Buffer.from(`${user}:abcd`);
  const known = Buffer.concat([
    Buffer.from([0, 6, 0, name.length]),
    name,
    Buffer.alloc((4 - (name.length % 4)) % 4),
  ]);
  return fc
    .tuple(
      fc.constantFrom(0x0001, 0x0101, 0x0111, 0x0011, 0x0003, 0x3fff),
      fc.array(fc.oneof(attribute, fc.constant(known)), { maxLength: 6 }),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -20, max: 9 }) },
      ),
      bytes(12),
    )
    .map(([type, attributes, lie, transaction]) => {
      const body = Buffer.concat(attributes);
      const head = Buffer.alloc(20);
      head.writeUInt16BE(type, 0);
      head.writeUInt16BE(Math.max(0, body.length + lie), 2);
      head.writeUInt32BE(0x2112a442, 4);
      transaction.copy(head, 8);
      return Buffer.concat([head, body]);
    });
}

/** Records of DTLS 1.2 (RFC 6347, 4.1) with handshake messages that may be long, late, torn or none. */
export const dtls: fc.Arbitrary<Buffer> = fc
  .array(
    fc.tuple(
      fc.constantFrom(20, 21, 22, 22, 22, 23, 24, 63),
      fc.constantFrom(0, 0, 0, 1, 2, 65_535),
      fc.oneof(bytes(60), handshake()),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -60, max: 60_000 }) },
      ),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((records) =>
    Buffer.concat(
      records.map(([type, epoch, content, lie]) => {
        const head = Buffer.alloc(13);
        head.writeUInt8(type, 0);
        head.writeUInt16BE(0xfefd, 1);
        head.writeUInt16BE(epoch, 3);
        head.writeUInt16BE(Math.max(0, Math.min(65_535, content.length + lie)), 11);
        return Buffer.concat([head, content]);
      }),
    ),
  );

function handshake(): fc.Arbitrary<Buffer> {
  return fc
    .tuple(
      fc.constantFrom(0, 1, 2, 3, 11, 12, 13, 14, 15, 16, 20, 99),
      fc.constantFrom(0, 1, 12, 500, 2 ** 24 - 1),
      fc.nat(9),
      fc.constantFrom(0, 0, 0, 100, 2 ** 24 - 1),
      bytes(80),
      fc.boolean(),
    )
    .map(([type, length, sequence, offset, content, whole]) => {
      const head = Buffer.alloc(12);
      head.writeUInt8(type, 0);
      head.writeUIntBE(whole ? content.length : length, 1, 3);
      head.writeUInt16BE(sequence, 4);
      head.writeUIntBE(whole ? 0 : offset, 6, 3);
      head.writeUIntBE(content.length, 9, 3);
      return Buffer.concat([head, content]);
    });
}

/** RTCP as it is before it is protected (RFC 3550, 6.4): heads that lie, counts and lengths that do not fit. */
export const rtcp: fc.Arbitrary<Buffer> = fc
  .array(
    fc.tuple(
      fc.constantFrom(128, 129, 159, 160, 191),
      fc.integer({ min: 192, max: 223 }),
      fc.nat(30),
      bytes(120),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((packets) =>
    Buffer.concat(
      packets.map(([first, type, words, content]) => {
        const head = Buffer.from([first, type, 0, words]);
        return Buffer.concat([head, content]);
      }),
    ),
  )
  .filter((packet) => packet.length >= 8);

export const garbage: fc.Arbitrary<Buffer> = fc.oneof(
  beginning(STUN, bytes(200)),
  beginning(DTLS, bytes(200)),
  beginning(MEDIA, bytes(200)),
  beginning(OTHERS, bytes(50)),
  fc.constant(Buffer.alloc(0)),
  fc.constantFrom(...STUN, ...DTLS, ...MEDIA, ...OTHERS).map((first) => Buffer.alloc(1_400, first)),
);
