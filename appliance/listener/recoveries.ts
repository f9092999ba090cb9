import type { RecoveryCause, RecoveryLevel, RecoveryOutcome, RecoveryReport } from '../protocol/recovery.ts';

/** One kind of recovery, and how many there were. */
export interface RecoveryCount {
  readonly level: RecoveryLevel;
  readonly cause: RecoveryCause;
  readonly outcome: RecoveryOutcome;
  count: number;
}

/** How often phones have got their sound back since the start, by what mended it and why it was gone. Nobody is named. */
export class Recoveries {
  private readonly byKind = new Map<string, RecoveryCount>();

  add({ level, cause, outcome }: RecoveryReport): void {
    const kind = `${level} ${cause} ${outcome}`;
    const known = this.byKind.get(kind);
    if (known) known.count++;
    else this.byKind.set(kind, { level, cause, outcome, count: 1 });
  }

  get counts(): Iterable<RecoveryCount> {
    return this.byKind.values();
  }
}
