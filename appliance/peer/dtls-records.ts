/** One record of DTLS 1.2 (RFC 6347, 4.1), still as it came. */
export interface DtlsRecord {
  readonly bytes: Buffer;
  readonly type: number;
  /** 0: in the clear. */
  readonly epoch: number;
}

/** A handshake message of DTLS 1.2, or a part of one (RFC 6347, 4.2.2 and 4.2.3). */
export interface HandshakeFragment {
  readonly type: number;
  /** Bytes of the whole message. */
  readonly length: number;
  readonly sequence: number;
  /** Where in the message the part belongs. */
  readonly offset: number;
  readonly part: Buffer;
}

/** A whole message. */
export interface HandshakeMessage {
  readonly type: number;
  readonly sequence: number;
  readonly body: Buffer;
}

export const ALERT = 21;
export const HANDSHAKE = 22;
export const RECORD_HEADER = 13;
const HANDSHAKE_HEADER = 12;
const DTLS_1_2 = 0xfefd;

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

/** What a handshake record in the clear holds; nothing at all when one of its parts is torn. */
export function fragmentsOf({ bytes }: DtlsRecord): HandshakeFragment[] {
  const fragments: HandshakeFragment[] = [];
  for (let at = RECORD_HEADER; at < bytes.length;) {
    const body = at + HANDSHAKE_HEADER;
    if (body > bytes.length) return [];
    const length = bytes.readUIntBE(at + 1, 3);
    const offset = bytes.readUIntBE(at + 6, 3);
    const end = body + bytes.readUIntBE(at + 9, 3);
    if (end > bytes.length || offset + end - body > length) return [];
    fragments.push({
      type: bytes.readUInt8(at),
      length,
      sequence: bytes.readUInt16BE(at + 4),
      offset,
      part: bytes.subarray(body, end),
    });
    at = end;
  }
  return fragments;
}

/** A record that holds a whole message, as if it had come in one piece. */
export function recordOf({ type, sequence, body }: HandshakeMessage): Buffer {
  const record = Buffer.alloc(RECORD_HEADER + HANDSHAKE_HEADER + body.length);
  record.writeUInt8(HANDSHAKE, 0);
  record.writeUInt16BE(DTLS_1_2, 1);
  record.writeUInt16BE(HANDSHAKE_HEADER + body.length, 11);
  record.writeUInt8(type, RECORD_HEADER);
  record.writeUIntBE(body.length, RECORD_HEADER + 1, 3);
  record.writeUInt16BE(sequence, RECORD_HEADER + 4);
  record.writeUIntBE(body.length, RECORD_HEADER + 9, 3);
  body.copy(record, RECORD_HEADER + HANDSHAKE_HEADER);
  return record;
}
