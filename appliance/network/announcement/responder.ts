import { type EventEmitter, once } from 'node:events';
import { Bonjour } from 'bonjour-service';
import type { AnnouncedRecord } from './records.ts';

/** What is used of the library's insides; test/network/mdns.test.ts holds them to it. */
interface MulticastDns extends EventEmitter {
  respond(records: readonly AnnouncedRecord[], done: (error?: Error | null) => void): void;
  query(
    questions: readonly { readonly name: string; readonly type: 'ANY' }[],
    done: (error?: Error | null) => void,
  ): void;
  destroy(done: () => void): void;
}
interface LibraryServer {
  readonly mdns: MulticastDns;
  register(records: AnnouncedRecord[]): void;
  unregister(records: AnnouncedRecord[]): void;
}
interface Heard {
  readonly answers?: readonly AnnouncedRecord[];
  readonly additionals?: readonly AnnouncedRecord[];
}

export interface ResponderOptions {
  /** The box's address on the network that this speaks on, and on no other. */
  readonly address: string;
  /** Somebody else's record, as it comes. */
  readonly onRecord: (record: AnnouncedRecord, from: string) => void;
  /** Cannot go on; `stop()` and make another. */
  readonly onFailure: (error: Error) => void;
}

/** How often news is told: packets get lost (RFC 6762, 8.3). */
const TELLINGS_MS = [0, 1_000, 3_000];

/** Multicast DNS (RFC 6762) on one network: answers for the records it was given, announces them, says goodbye. */
export class Responder {
  readonly address: string;
  private readonly server: LibraryServer;
  private readonly tellings = new Set<NodeJS.Timeout>();
  private records: AnnouncedRecord[] = [];
  private ended = false;

  constructor({ address, onRecord, onFailure }: ResponderOptions) {
    this.address = address;
    // With `interface` packets leave by it, route or no route; bound to it, Linux would let no multicast in. Sending
    // may fail at any time, as a network goes away, and the library's own answer to that is to throw.
    const options = { interface: address, bind: '0.0.0.0' };
    const bonjour = new Bonjour(options as object, () => undefined) as unknown as { server: LibraryServer };
    this.server = bonjour.server;
    this.server.mdns.on('error', onFailure);
    this.server.mdns.on(
      'response',
      ({ answers, additionals }: Heard, { address: from }: { address: string }) => {
        for (const record of [...(answers ?? []), ...(additionals ?? [])]) onRecord(record, from);
      },
    );
  }

  /** Resolves once it can hear and speak. @throws what the network said. */
  async start(): Promise<void> {
    await once(this.server.mdns, 'ready');
  }

  /** Asks who else has these names. */
  async probe(names: readonly string[]): Promise<void> {
    const questions = names.map((name) => ({ name, type: 'ANY' as const }));
    await this.sent((done) => this.server.mdns.query(questions, done));
  }

  /** From now on these are the records; what is no longer among them is taken back. */
  async announce(records: AnnouncedRecord[]): Promise<void> {
    this.hush();
    const gone = this.records.filter(
      (old) => !records.some(({ name, type }) => name === old.name && type === old.type),
    );
    this.server.unregister(this.records);
    this.server.register(records);
    this.records = records;
    await this.goodbye(gone);
    for (const delay of TELLINGS_MS) {
      const timer = setTimeout(() => {
        this.tellings.delete(timer);
        void this.sent((done) => this.server.mdns.respond(records, done));
      }, delay).unref();
      this.tellings.add(timer);
    }
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    this.hush();
    this.server.unregister(this.records);
    await this.goodbye(this.records);
    this.ended = true;
    await new Promise<void>((resolve) => this.server.mdns.destroy(resolve));
  }

  /** A lifetime of nothing (RFC 6762, 10.1). */
  private async goodbye(records: readonly AnnouncedRecord[]): Promise<void> {
    // That there are services of a type is for others to say as well.
    const ours = records.filter(({ name }) => !name.startsWith('_services.'));
    if (ours.length === 0) return;
    await this.sent((done) =>
      this.server.mdns.respond(
        ours.map((record) => ({ ...record, ttl: 0 })),
        done,
      ),
    );
  }

  private hush(): void {
    for (const timer of this.tellings) clearTimeout(timer);
    this.tellings.clear();
  }

  /** Whether it went out is not known anyway; a network that is gone takes nothing. */
  private sent(send: (done: () => void) => void): Promise<void> {
    if (this.ended) return Promise.resolve();
    return new Promise((resolve) => send(() => resolve()));
  }
}
