/** One record of DTLS 1.2 (RFC 6347, 4.1), still as it came. */
export interface DtlsRecord {
  readonly bytes: Buffer;
  readonly type: number;
  /** 0: in the clear. */
  readonly epoch: number;
}

/** The head of a handshake message or of a part of one (RFC 6347, 4.2.2). */
export interface HandshakeHead {
  readonly type: number;
  /** Bytes of the whole message, of which this may be a part. */
  readonly length: number;
  readonly sequence: number;
}

export const ALERT = 21;
export const HANDSHAKE = 22;
export const RECORD_HEADER = 13;
const HANDSHAKE_HEADER = 12;

/** The records of a datagram, as far as they are whole (RFC 6347, 4.1.2.7: what is invalid is dropped in silence). */
export function recordsOf(datagram: Buffer): DtlsRecord[] {
  const records: DtlsRecord[] = [];
  for (let at = 0; at + RECORD_HEADER <= datagram.length;) {
    const end = at + RECORD_HEADER + datagram.readUInt16BE(at + 11);
    if (end > datagram.length) break;
    const bytes = datagram.subarray(at, end);
    records.push({ bytes, type: bytes.readUInt8(0), epoch: bytes.readUInt16BE(3) });
    at = end;
  }
  return records;
}

/** What a handshake record in the clear holds; nothing at all when one of its messages is torn. */
export function handshakesOf({ bytes }: DtlsRecord): HandshakeHead[] {
  const heads: HandshakeHead[] = [];
  for (let at = RECORD_HEADER; at < bytes.length;) {
    if (at + HANDSHAKE_HEADER > bytes.length) return [];
    heads.push({
      type: bytes.readUInt8(at),
      length: bytes.readUIntBE(at + 1, 3),
      sequence: bytes.readUInt16BE(at + 4),
    });
    at += HANDSHAKE_HEADER + bytes.readUIntBE(at + 9, 3);
    if (at > bytes.length) return [];
  }
  return heads;
}
