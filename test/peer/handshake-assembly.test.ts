import { expect, test } from 'vitest';
import type { HandshakeFragment } from '../../appliance/peer/dtls-records.ts';
import { HandshakeAssembly } from '../../appliance/peer/handshake-assembly.ts';

const CERTIFICATE = 11;
const WHOLE = Buffer.from('what a phone says of itself, in more than one part');

const part = (
  from: number,
  to: number,
  { sequence = 2, whole = WHOLE }: { sequence?: number; whole?: Buffer } = {},
): HandshakeFragment => ({
  type: CERTIFICATE,
  length: whole.length,
  sequence,
  offset: from,
  part: whole.subarray(from, to),
});

const any = (): boolean => true;

test('a message is whole when every byte has come, and then it is taken once', () => {
  const assembly = new HandshakeAssembly();
  for (const each of [part(40, 50), part(0, 20), part(0, 20), part(25, 45)]) assembly.add(each);
  expect(assembly.take(any), 'five bytes are missing').toBeUndefined();
  assembly.add(part(15, 30));
  expect(assembly.take(any)).toMatchObject({ type: CERTIFICATE, sequence: 2, body: WHOLE });
  expect(assembly.take(any)).toBeUndefined();
});

test('messages are kept apart by their number, and the first of them that is due is taken first', () => {
  const assembly = new HandshakeAssembly();
  const other = Buffer.from('something else');
  assembly.add(part(0, 14, { sequence: 3, whole: other }));
  assembly.add(part(0, 50));
  expect(assembly.take(({ sequence }) => sequence === 4)).toBeUndefined();
  expect(assembly.take(any)?.sequence).toBe(2);
  expect(assembly.take(any)?.body).toEqual(other);
});

test('parts that cannot be of one message are not joined', () => {
  const assembly = new HandshakeAssembly();
  assembly.add(part(0, 40));
  assembly.add({ ...part(40, 50), length: 60 });
  assembly.add(part(40, 50));
  expect(assembly.take(any)).toBeUndefined();
});

test('beginning ever more messages holds 32 KiB at most: the oldest go', () => {
  const assembly = new HandshakeAssembly();
  const whole = Buffer.alloc(10_000, 7);
  for (let sequence = 0; sequence < 1_000; sequence++) assembly.add(part(0, 9_999, { sequence, whole }));
  for (let sequence = 0; sequence < 1_000; sequence++) assembly.add(part(9_999, 10_000, { sequence, whole }));
  let count = 0;
  while (assembly.take(any)) count++;
  expect(count).toBeLessThanOrEqual(3);
  assembly.add({ ...part(0, 50), length: 2 ** 20 });
  expect(assembly.take(any)).toBeUndefined();
});
