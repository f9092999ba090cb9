import { type Answers, answersTo, type Question } from './answers.ts';
import { GroupSocket, MDNS_PORT, type Sender } from './group-socket.ts';
import { type Query, readMessage, writeLegacyResponse, writeProbe, writeResponse } from './message.ts';
import { PendingAnswers } from './pending-answers.ts';
import { type AnnouncedRecord, type HeardRecord, identityOf, KINDS } from './records.ts';

export interface ResponderOptions {
  /** The box's address on the network that this speaks on, and on no other. */
  readonly address: string;
  /** Somebody else's record, as it comes. */
  readonly onRecord: (record: HeardRecord, from: string) => void;
  /** Cannot go on; `stop()` and make another. */
  readonly onFailure: (error: Error) => void;
}

/** How often news is told: packets get lost (RFC 6762, 8.3). */
const TELLINGS_MS = [0, 1_000, 3_000];
/** Where others may answer as well, all wait a little, so that not all speak at once (RFC 6762, 6). */
const SHARED_MS = { least: 20, most: 120 };
/** Until who asks has told all that they know (RFC 6762, 7.2). */
const TRUNCATED_MS = { least: 400, most: 500 };
/** Of those who are still telling; more are answered at once. */
const MOST_TELLING = 32;
const MOST_KNOWN = 1_000;

interface Telling {
  readonly queries: Query[];
  readonly timer: NodeJS.Timeout;
}

/**
 * Multicast DNS (RFC 6762) on one network: answers for the records it was given, to everybody, or to who asks alone,
 * also when that is a resolver of plain DNS (6.7); announces them, says goodbye.
 */
export class Responder {
  readonly address: string;
  private readonly socket: GroupSocket;
  private readonly onRecord: ResponderOptions['onRecord'];
  private readonly pending: PendingAnswers;
  private readonly tellings = new Set<NodeJS.Timeout>();
  private readonly telling = new Map<string, Telling>();
  private records: readonly AnnouncedRecord[] = [];
  private ended = false;

  constructor({ address, onRecord, onFailure }: ResponderOptions) {
    this.address = address;
    this.onRecord = onRecord;
    this.pending = new PendingAnswers({ send: (answers) => void this.socket.tell(writeResponse(answers)) });
    this.socket = new GroupSocket({ address, onFailure, onMessage: (raw, from) => this.take(raw, from) });
  }

  /** The address that its neighbours hear it by. */
  get source(): string {
    return this.socket.source;
  }

  /** Resolves once it can hear and speak. @throws what the network said. */
  async start(): Promise<void> {
    await this.socket.start();
  }

  /** Asks who else has the names of these. */
  async probe(records: readonly AnnouncedRecord[]): Promise<void> {
    await this.socket.tell(writeProbe(records.filter(({ flush }) => flush)));
  }

  /** From now on these are the records; what is no longer among them is taken back. */
  async announce(records: readonly AnnouncedRecord[]): Promise<void> {
    this.hush();
    const gone = this.records.filter(
      (old) => !records.some(({ name, type }) => name === old.name && type === old.type),
    );
    this.records = records;
    await this.goodbye(gone);
    for (const delay of TELLINGS_MS) {
      const timer = setTimeout(() => {
        this.tellings.delete(timer);
        this.pending.said(records);
        void this.socket.tell(writeResponse({ answers: once(records), additionals: [] }));
      }, delay).unref();
      this.tellings.add(timer);
    }
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.hush();
    const gone = this.records;
    this.records = [];
    await this.goodbye(gone);
    await this.socket.stop();
  }

  private take(raw: Buffer, from: Sender): void {
    const message = readMessage(raw);
    if (message?.kind === 'response') {
      // Plain DNS has no business here (RFC 6762, 6).
      if (from.port !== MDNS_PORT) return;
      this.heard(message.records);
      for (const record of message.records) this.onRecord(record, from.address);
    } else if (message) this.asked(message, from);
  }

  /** What somebody else has said of the same records counts as said, if it will be remembered as long. */
  private heard(records: readonly HeardRecord[]): void {
    this.pending.said(
      records.filter((record) =>
        this.records.some((own) => (record.ttl ?? 0) >= own.ttl && identityOf(own) === identityOf(record)),
      ),
    );
  }

  private asked(query: Query, from: Sender): void {
    if (this.records.length === 0) return;
    if (from.port !== MDNS_PORT) {
      const answers = this.answersTo(query.questions, query.known);
      if (answers.answers.length > 0) void this.socket.send(writeLegacyResponse(answers, query), from);
      return;
    }
    const known = this.telling.get(from.address);
    if (known) {
      if (sum(known.queries) + query.known.length <= MOST_KNOWN) known.queries.push(query);
    } else if (query.truncated && this.telling.size < MOST_TELLING) {
      const timer = setTimeout(() => {
        const { queries = [] } = this.telling.get(from.address) ?? {};
        this.telling.delete(from.address);
        this.answer(queries, from, 0);
      }, between(TRUNCATED_MS)).unref();
      this.telling.set(from.address, { queries: [query], timer });
    } else this.answer([query], from);
  }

  /** @param delayMs as it must be, when that is decided already. */
  private answer(queries: readonly Query[], from: Sender, delayMs?: number): void {
    const known = queries.flatMap((query) => query.known);
    const probe = queries.some((query) => query.probe);
    const questions = queries.flatMap((query) => query.questions);
    const toAsker = this.answersTo(
      questions.filter(({ unicast }) => unicast),
      known,
    );
    // Who is about to take a name must hear at once that it is taken (8.1); all others are told now and then.
    const alone = toAsker.answers.filter((record) => probe || this.pending.wasSaidLately(record));
    if (alone.length > 0)
      void this.socket.send(writeResponse({ ...toAsker, answers: alone }, queries[0]?.id), from);
    const toAll = this.answersTo(questions, known);
    const told = new Set(alone.map(identityOf));
    const rest = toAll.answers.filter((record) => !told.has(identityOf(record)));
    const shared = !probe && rest.some(({ flush }) => !flush);
    this.pending.add(
      { ...toAll, answers: rest },
      { delayMs: delayMs ?? (shared ? between(SHARED_MS) : 0), probe },
    );
  }

  private answersTo(questions: readonly Question[], known: readonly HeardRecord[]): Answers {
    const all = questions.map((question) => answersTo(question, this.records, known));
    const answers = once(all.flatMap((each) => each.answers));
    const more = once(all.flatMap((each) => each.additionals));
    const said = new Set(answers.map(identityOf));
    return { answers, additionals: more.filter((record) => !said.has(identityOf(record))) };
  }

  /** A lifetime of nothing (RFC 6762, 10.1). */
  private async goodbye(records: readonly AnnouncedRecord[]): Promise<void> {
    // That there are services of a type is for others to say as well.
    const ours = records.filter(({ name }) => name !== KINDS);
    if (ours.length === 0) return;
    const answers = ours.map((record) => ({ ...record, ttl: 0 }));
    await this.socket.tell(writeResponse({ answers, additionals: [] }));
  }

  private hush(): void {
    for (const timer of this.tellings) clearTimeout(timer);
    this.tellings.clear();
    for (const { timer } of this.telling.values()) clearTimeout(timer);
    this.telling.clear();
    this.pending.clear();
  }
}

function once(records: readonly AnnouncedRecord[]): AnnouncedRecord[] {
  return [...new Map(records.map((record) => [identityOf(record), record])).values()];
}

function between({ least, most }: { readonly least: number; readonly most: number }): number {
  return least + Math.random() * (most - least);
}

function sum(queries: readonly Query[]): number {
  return queries.reduce((all, { known }) => all + known.length, 0);
}
