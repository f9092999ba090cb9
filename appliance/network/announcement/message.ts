import { AUTHORITATIVE_ANSWER, decode, encode, type Packet, RECURSION_DESIRED } from 'dns-packet';
import type { Answers, Question } from './answers.ts';
import type { AnnouncedRecord, HeardRecord } from './records.ts';

/** A message of multicast DNS as it came (RFC 6762, 18). */
export type Message =
  | { readonly kind: 'response'; readonly records: readonly HeardRecord[] }
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly recursionDesired: boolean;
      readonly questions: readonly Question[];
      /** The questions as they came, to be repeated. */
      readonly rawQuestions: { readonly count: number; readonly bytes: Buffer };
      readonly known: readonly HeardRecord[];
      /** More of what the asker knows is on its way (7.2). */
      readonly truncated: boolean;
      /** Somebody is about to take these names (8.1). */
      readonly probe: boolean;
    };
export type Query = Extract<Message, { kind: 'query' }>;

const HEADER = 12;
const OPCODE_AND_RCODE = 0x78_0f;
const CLASS_IN = 1;
const CLASS_ANY = 255;
const UNICAST = 0x80_00;
/** What a resolver of plain DNS takes (RFC 1035, 4.2.1), bytes. */
const MOST_LEGACY = 512;
/** RFC 6762, 6.7, seconds. */
const LEGACY_TTL = 10;

/** @returns nothing for what is no message, or none that counts here (RFC 6762, 18.3 and 18.11). */
export function readMessage(raw: Buffer): Message | undefined {
  try {
    const packet = decode(raw);
    if ((packet.flags ?? 0) & OPCODE_AND_RCODE) return undefined;
    const answers = packet.answers ?? [];
    const additionals = packet.additionals ?? [];
    if (packet.type === 'response') return { kind: 'response', records: [...answers, ...additionals] };
    const count = packet.questions?.length ?? 0;
    return {
      kind: 'query',
      id: packet.id ?? 0,
      recursionDesired: packet.flag_rd,
      questions: questionsOf(raw, packet),
      rawQuestions: { count, bytes: raw.subarray(HEADER, endOfQuestions(raw, count)) },
      known: answers,
      truncated: packet.flag_tc,
      probe: (packet.authorities?.length ?? 0) > 0,
    };
  } catch {
    return undefined;
  }
}

/** To everybody: no identifier and no question (RFC 6762, 18.1 and 6). */
export function writeResponse({ answers, additionals }: Answers, id = 0): Buffer {
  return encode(responseOf({ answers, additionals }, id));
}

/**
 * Asks for all that there is under the names of these records, and shows them (RFC 6762, 8.1). The answer is wanted by
 * multicast: of one to the box alone, another program that speaks multicast DNS here might take it.
 */
export function writeProbe(records: readonly AnnouncedRecord[]): Buffer {
  const names = [...new Set(records.map(({ name }) => name))];
  return encode({
    type: 'query',
    // The library knows the type, its description does not.
    questions: names.map((name) => ({ name, type: 'ANY' as never })),
    authorities: records.map((record) => toWire({ ...record, flush: false })),
  });
}

/**
 * For who speaks plain DNS (RFC 6762, 6.7): their identifier, their question, short lifetimes, and no bit that they
 * would not understand.
 */
export function writeLegacyResponse({ answers, additionals }: Answers, query: Query): Buffer {
  const write = (more: readonly AnnouncedRecord[]): Buffer => {
    const packet = responseOf({ answers: plainly(answers), additionals: plainly(more) }, query.id);
    if (query.recursionDesired) packet.flags = (packet.flags ?? 0) | RECURSION_DESIRED;
    const bytes = encode(packet);
    // As they came: their spelling, and types that the library has no name for.
    bytes.writeUInt16BE(query.rawQuestions.count, 4);
    return Buffer.concat([bytes.subarray(0, HEADER), query.rawQuestions.bytes, bytes.subarray(HEADER)]);
  };
  const whole = write(additionals);
  return whole.length > MOST_LEGACY ? write([]) : whole;
}

function plainly(records: readonly AnnouncedRecord[]): AnnouncedRecord[] {
  return records.map((record) => ({ ...record, ttl: Math.min(record.ttl, LEGACY_TTL), flush: false }));
}

function responseOf({ answers, additionals }: Answers, id: number): Packet {
  return {
    type: 'response',
    id,
    flags: AUTHORITATIVE_ANSWER,
    answers: answers.map(toWire),
    additionals: additionals.map(toWire),
  };
}

function toWire(record: AnnouncedRecord): NonNullable<Packet['answers']>[number] {
  if (record.type === 'TXT') return { ...record, data: [...record.data] };
  if (record.type === 'NSEC')
    return { ...record, data: { ...record.data, rrtypes: [...record.data.rrtypes] } };
  return record;
}

/** The library does not tell the class apart from the bit in it. */
function questionsOf(raw: Buffer, { questions = [] }: Packet): Question[] {
  let offset = HEADER;
  return questions.flatMap(({ name, type }) => {
    offset = endOfName(raw, offset) + 4;
    const bits = raw.readUInt16BE(offset - 2);
    const kind = bits & ~UNICAST;
    return kind === CLASS_IN || kind === CLASS_ANY ? [{ name, type, unicast: (bits & UNICAST) !== 0 }] : [];
  });
}

function endOfQuestions(raw: Buffer, count: number): number {
  let offset = HEADER;
  for (let i = 0; i < count; i++) offset = endOfName(raw, offset) + 4;
  return offset;
}

/** Behind its last label, or the pointer that ends it (RFC 1035, 4.1.4). */
function endOfName(raw: Buffer, from: number): number {
  let offset = from;
  for (;;) {
    const length = raw.readUInt8(offset);
    if (length === 0) return offset + 1;
    if (length >= 0xc0) return offset + 2;
    offset += length + 1;
  }
}
