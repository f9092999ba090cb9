import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { AUTHORITATIVE_ANSWER, decode, type DecodedPacket, encode, type Packet } from 'dns-packet';

export interface SeenRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly flush: boolean;
  readonly data: unknown;
}

export interface Seen extends DecodedPacket {
  readonly raw: Buffer;
  readonly from: string;
}

export interface NeighbourOptions {
  /** 0 for a resolver of plain DNS. */
  readonly port?: number;
  /** Without, it hears what is said to it alone; others on this machine may share the port otherwise. */
  readonly group?: boolean;
  /** Whose messages it takes; everybody's when left out. */
  readonly only?: string;
}

const GROUP = '224.0.0.251';
const PORT = 5_353;
const UNICAST = 0x80_00;

export const recordsIn = ({ answers = [], additionals = [] }: Packet): readonly SeenRecord[] =>
  [...answers, ...additionals] as unknown as SeenRecord[];

/** Somebody else on the network: asks by multicast DNS, and keeps what is said. */
export class Neighbour {
  readonly heard: Seen[] = [];
  private readonly news = new EventEmitter();
  private readonly ready: Promise<unknown>;
  private readonly socket: Socket;

  constructor(address: string, { port = PORT, group = true, only }: NeighbourOptions = {}) {
    this.socket = createSocket({ type: 'udp4', reuseAddr: true });
    this.socket.on('message', (raw, { address: from }) => {
      if (((raw[2] ?? 0) & 0x80) === 0 || (only !== undefined && from !== only)) return;
      const packet = decode(raw);
      this.heard.push({ ...packet, raw, from });
      this.news.emit('response');
    });
    this.ready = once(this.socket, 'listening');
    this.socket.bind(port, group ? '0.0.0.0' : address, () => {
      if (group) this.socket.addMembership(GROUP, address);
      this.socket.setMulticastInterface(address);
      this.socket.setMulticastTTL(255);
    });
  }

  get seen(): readonly { readonly record: SeenRecord; readonly from: string }[] {
    return this.heard.flatMap((packet) => recordsIn(packet).map((record) => ({ record, from: packet.from })));
  }

  async ask(packet: Packet, { unicast = false } = {}): Promise<void> {
    await this.ready;
    const raw = encode({ type: 'query', ...packet });
    if (unicast) raw.writeUInt16BE(UNICAST | 1, raw.length - 2);
    await this.sendRaw(raw);
  }

  async say(answers: Packet['answers']): Promise<void> {
    await this.ready;
    await this.sendRaw(encode({ type: 'response', flags: AUTHORITATIVE_ANSWER, answers }));
  }

  async sendRaw(raw: Buffer): Promise<void> {
    await this.ready;
    await new Promise((resolve) => this.socket.send(raw, PORT, GROUP, resolve));
  }

  /** The first message, from the `from`th on, that `matches`; there already or coming. */
  async response(matches: (packet: Seen) => boolean, from = 0): Promise<Seen> {
    for (;;) {
      const found = this.heard.slice(from).find(matches);
      if (found) return found;
      await once(this.news, 'response');
    }
  }

  /** Asks until somebody answers so. */
  async hears(question: { name: string; type: string }, matches: (record: SeenRecord) => boolean) {
    for (;;) {
      const found = this.seen.find(({ record }) => matches(record));
      if (found) return found;
      await this.ask({ questions: [question as never] });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async sees(matches: (record: SeenRecord) => boolean): Promise<SeenRecord> {
    const packet = await this.response((each) => recordsIn(each).some(matches));
    return recordsIn(packet).find(matches) as SeenRecord;
  }

  async stop(): Promise<void> {
    await this.ready;
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }
}
