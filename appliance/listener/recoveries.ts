import type { RecoveryCause, RecoveryLevel, RecoveryOutcome, RecoveryReport } from '../protocol/recovery.ts';

/** One kind of recovery, and how many there were. */
export interface RecoveryCount {
  readonly level: RecoveryLevel;
  readonly cause: RecoveryCause;
  readonly outcome: RecoveryOutcome;
  count: number;
}

/** A phone that is mended and lost again has reason for a few; more say nothing, in a minute and of one visitor. */
const MOST = 10;
const MINUTE_MS = 60_000;

/** How often phones have got their sound back since the start, by what mended it and why it was gone. Nobody is named. */
export class Recoveries {
  private readonly byKind = new Map<string, RecoveryCount>();

  /** Reports that were too many of one visitor, and are not counted with the others. */
  ignored = 0;
  /** Of this minute. */
  private readonly byAttendee = new Map<string, number>();
  private began = -Infinity;

  /** @param now ms, of any clock */
  add(attendee: string, { level, cause, outcome }: RecoveryReport, now = performance.now()): void {
    if (now - this.began >= MINUTE_MS) {
      this.byAttendee.clear();
      this.began = now;
    }
    const told = (this.byAttendee.get(attendee) ?? 0) + 1;
    this.byAttendee.set(attendee, told);
    if (told > MOST) {
      this.ignored++;
      return;
    }
    const kind = `${level} ${cause} ${outcome}`;
    const known = this.byKind.get(kind);
    if (known) known.count++;
    else this.byKind.set(kind, { level, cause, outcome, count: 1 });
  }

  get counts(): Iterable<RecoveryCount> {
    return this.byKind.values();
  }
}
