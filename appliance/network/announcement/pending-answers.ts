import type { Answers } from './answers.ts';
import { type AnnouncedRecord, type HeardRecord, identityOf } from './records.ts';

/** A record is said to all once a second at most, to who is about to take its name every 250 ms (RFC 6762, 6). */
const APART_MS = 1_000;
const APART_FROM_PROBE_MS = 250;

export interface PendingAnswersOptions {
  readonly send: (answers: Answers) => void;
  readonly now?: () => number;
}

/** What is to be said to everybody soon: in one message where it can be, and no record too often. */
export class PendingAnswers {
  private readonly send: (answers: Answers) => void;
  private readonly now: () => number;
  private readonly saidAt = new Map<string, number>();
  private readonly answers = new Map<string, { readonly record: AnnouncedRecord; readonly due: number }>();
  private readonly additionals = new Map<string, AnnouncedRecord>();
  private timer: NodeJS.Timeout | undefined;

  constructor({ send, now = () => performance.now() }: PendingAnswersOptions) {
    this.send = send;
    this.now = now;
  }

  /** @param delayMs from now; later when a record was said just before. */
  add({ answers, additionals }: Answers, { delayMs, probe }: { delayMs: number; probe: boolean }): void {
    const now = this.now();
    for (const record of answers) {
      const identity = identityOf(record);
      const again = this.lastSaid(identity) + (probe ? APART_FROM_PROBE_MS : APART_MS);
      const due = Math.max(now + delayMs, again);
      this.answers.set(identity, { record, due: Math.min(due, this.answers.get(identity)?.due ?? Infinity) });
    }
    for (const record of additionals) this.additionals.set(identityOf(record), record);
    this.schedule();
  }

  /** Everybody has heard these, from us or from somebody else (RFC 6762, 7.4). */
  said(records: readonly HeardRecord[]): void {
    for (const record of records) {
      const identity = identityOf(record);
      this.saidAt.set(identity, this.now());
      this.answers.delete(identity);
    }
  }

  /** Within a quarter of its lifetime; then all remember it well (RFC 6762, 5.4). */
  wasSaidLately(record: AnnouncedRecord): boolean {
    return this.now() - this.lastSaid(identityOf(record)) < record.ttl * 250;
  }

  /** Nothing of it is true any more. */
  clear(): void {
    clearTimeout(this.timer);
    this.answers.clear();
    this.additionals.clear();
    this.saidAt.clear();
  }

  private lastSaid(identity: string): number {
    return this.saidAt.get(identity) ?? -Infinity;
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.answers.size === 0) return;
    const next = Math.min(...[...this.answers.values()].map(({ due }) => due));
    this.timer = setTimeout(() => this.flush(), Math.max(0, next - this.now())).unref();
  }

  private flush(): void {
    const now = this.now();
    const due = [...this.answers].filter(([, answer]) => answer.due <= now + 1);
    const answers = due.map(([, { record }]) => record);
    for (const [identity] of due) this.answers.delete(identity);
    const additionals = [...this.additionals]
      .filter(
        ([identity]) => now - this.lastSaid(identity) >= APART_MS && !due.some(([each]) => each === identity),
      )
      .map(([, record]) => record);
    this.additionals.clear();
    this.said([...answers, ...additionals]);
    if (answers.length > 0) this.send({ answers, additionals });
    this.schedule();
  }
}
