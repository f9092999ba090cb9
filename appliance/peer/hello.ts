/** The hellos of DTLS 1.2 (RFC 5246, 7.4.1; RFC 6347, 4.2.1), as far as their extensions go. */

const VERSION_AND_RANDOM = 2 + 32;
const RENEGOTIATION_INFO = 0xff_01;
/** A cipher suite that stands for that extension (RFC 5746, 3.3). */
const RENEGOTIATION_SUITE = 0x00_ff;

/** @param hello a client's, without its header. A torn one offers nothing. */
export function offersRenegotiationInfo(hello: Buffer): boolean {
  try {
    const cookieAt = VERSION_AND_RANDOM + 1 + hello.readUInt8(VERSION_AND_RANDOM);
    const suitesAt = cookieAt + 1 + hello.readUInt8(cookieAt);
    const suitesEnd = suitesAt + 2 + hello.readUInt16BE(suitesAt);
    for (let at = suitesAt + 2; at < suitesEnd; at += 2)
      if (hello.readUInt16BE(at) === RENEGOTIATION_SUITE) return true;
    const extensionsAt = suitesEnd + 1 + hello.readUInt8(suitesEnd);
    return extensionsFrom(hello, extensionsAt).some(({ type }) => type === RENEGOTIATION_INFO);
  } catch {
    return false;
  }
}

/** @param hello the box's own, whole, without its header. */
export function withoutRenegotiationInfo(hello: Buffer): Buffer {
  // Behind the session's name stand one cipher suite and one way of compression.
  const extensionsAt = VERSION_AND_RANDOM + 1 + hello.readUInt8(VERSION_AND_RANDOM) + 3;
  const kept = extensionsFrom(hello, extensionsAt).filter(({ type }) => type !== RENEGOTIATION_INFO);
  const extensions = Buffer.concat(kept.map(({ bytes }) => bytes));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(extensions.length);
  return Buffer.concat([hello.subarray(0, extensionsAt), length, extensions]);
}

function extensionsFrom(hello: Buffer, start: number): { readonly type: number; readonly bytes: Buffer }[] {
  const found: { readonly type: number; readonly bytes: Buffer }[] = [];
  // Two bytes say how long all of them are.
  for (let at = start + 2, end; at < hello.length; at = end) {
    end = at + 4 + hello.readUInt16BE(at + 2);
    found.push({ type: hello.readUInt16BE(at), bytes: hello.subarray(at, end) });
  }
  return found;
}
