import { expect, test } from 'vitest';
import { expectKeys, Handshake, HANDSHAKE, isMessage, record } from './handshake.ts';

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
