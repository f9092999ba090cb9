import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Remote } from './remote.ts';

/**
 * STUN as far as a lite ICE agent needs it (RFC 8489; RFC 8445, 7): binding requests in, their responses out. A
 * thousand phones check their paths hundreds of times a second; the hash's key is made once for each of them.
 */
export interface BindingRequest {
  /** The local half of USERNAME. */
  readonly addressee: string;
  readonly nominates: boolean;
  /** Both sides think that they are the controlled one. */
  readonly conflicts: boolean;
  /** Where MESSAGE-INTEGRITY begins. */
  readonly integrityAt: number;
}

const BINDING_REQUEST = 0x0001;
const BINDING_RESPONSE = 0x0101;
const BINDING_ERROR = 0x0111;
const COOKIE = 0x2112a442;
const HEADER = 20;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const ERROR_CODE = 0x0009;
const XOR_MAPPED_ADDRESS = 0x0020;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const ICE_CONTROLLED = 0x8029;
const INTEGRITY_LENGTH = 20;
const FINGERPRINT_XOR = 0x5354554e;
const ROLE_CONFLICT = Buffer.from('\0\0\x04\x57Role Conflict', 'latin1');
/** Longer than any check a browser sends. */
const MAX_LENGTH = 1_024;

/** @returns nothing when it is no binding request, or none that could be proven. */
export function readRequest(datagram: Buffer): BindingRequest | undefined {
  if (datagram.length < HEADER || datagram.length > MAX_LENGTH) return undefined;
  if (datagram.readUInt16BE(0) !== BINDING_REQUEST || datagram.readUInt32BE(4) !== COOKIE) return undefined;
  if (datagram.readUInt16BE(2) !== datagram.length - HEADER) return undefined;
  let addressee = '';
  let nominates = false;
  let conflicts = false;
  for (let at = HEADER; at + 4 <= datagram.length;) {
    const type = datagram.readUInt16BE(at);
    const length = datagram.readUInt16BE(at + 2);
    const value = at + 4;
    if (value + length > datagram.length) return undefined;
    // What stands behind the proof is not proven (RFC 8489, 14.5).
    if (type === MESSAGE_INTEGRITY) {
      if (length !== INTEGRITY_LENGTH || addressee === '') return undefined;
      return { addressee, nominates, conflicts, integrityAt: at };
    }
    if (type === USERNAME)
      addressee = datagram.toString('latin1', value, value + length).split(':', 1)[0] ?? '';
    else if (type === USE_CANDIDATE) nominates = true;
    else if (type === ICE_CONTROLLED) conflicts = true;
    at = value + ((length + 3) & ~3);
  }
  return undefined;
}

/** Whether the sender knows the password (RFC 8489, 14.5). */
export function isProven(datagram: Buffer, { integrityAt }: BindingRequest, key: KeyObject): boolean {
  const value = integrityAt + 4;
  const length = datagram.readUInt16BE(2);
  // The hash is made as if the message ended with it; FINGERPRINT may follow.
  datagram.writeUInt16BE(value + INTEGRITY_LENGTH - HEADER, 2);
  const expected = createHmac('sha1', key).update(datagram.subarray(0, integrityAt)).digest();
  datagram.writeUInt16BE(length, 2);
  return timingSafeEqual(expected, datagram.subarray(value, value + INTEGRITY_LENGTH));
}

/** The success response to a request, or 487 Role Conflict (RFC 8445, 7.3.1.1). */
export function respondTo(
  request: Buffer,
  { from, key, conflict }: { from: Remote; key: KeyObject; conflict: boolean },
): Buffer {
  const first = conflict ? ROLE_CONFLICT : mappedAddress(from, request);
  const padded = (first.length + 3) & ~3;
  const integrityAt = HEADER + 4 + padded;
  const fingerprintAt = integrityAt + 4 + INTEGRITY_LENGTH;
  const response = Buffer.alloc(fingerprintAt + 8);
  response.writeUInt16BE(conflict ? BINDING_ERROR : BINDING_RESPONSE, 0);
  response.writeUInt16BE(fingerprintAt - HEADER, 2);
  request.copy(response, 4, 4, HEADER);
  attribute(response, HEADER, conflict ? ERROR_CODE : XOR_MAPPED_ADDRESS, first);
  const hash = createHmac('sha1', key).update(response.subarray(0, integrityAt)).digest();
  attribute(response, integrityAt, MESSAGE_INTEGRITY, hash);
  response.writeUInt16BE(response.length - HEADER, 2);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(response.subarray(0, fingerprintAt)) ^ FINGERPRINT_XOR) >>> 0);
  attribute(response, fingerprintAt, FINGERPRINT, sum);
  return response;
}

function attribute(into: Buffer, at: number, type: number, value: Buffer): void {
  into.writeUInt16BE(type, at);
  into.writeUInt16BE(value.length, at + 2);
  value.copy(into, at + 4);
}

/** RFC 8489, 14.2: port and address, XORed with the cookie and the transaction. */
function mappedAddress({ address, port }: Remote, request: Buffer): Buffer {
  const bytes = address.includes(':') ? ipv6Bytes(address) : Buffer.from(address.split('.').map(Number));
  const value = Buffer.alloc(4 + bytes.length);
  value[1] = bytes.length === 4 ? 1 : 2;
  value.writeUInt16BE(port ^ (COOKIE >>> 16), 2);
  for (let i = 0; i < bytes.length; i++) value[4 + i] = (bytes[i] ?? 0) ^ (request[4 + i] ?? 0);
  return value;
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

function ipv6Bytes(address: string): Buffer {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');

  const left = groups(head);
  const right = groups(tail ?? '');
  const middle = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const bytes = Buffer.alloc(16);
  for (const [index, group] of [...left, ...middle, ...right].entries())
    bytes.writeUInt16BE(Number.parseInt(group, 16), index * 2);
  return bytes;
}
