import { TimeLine, YEAR } from './time-line.ts';

/** No box has been anywhere before this: a clock that says so (1970, without a battery) is not believed. */
const RELEASED = Date.UTC(2026, 10, 1);
/** What a new box, which has seen no time yet, believes of its clock. */
const FIRST_YEARS = 20;
const DAY = 24 * 3_600_000;
const LOOK_EVERY_MS = 60_000;
const SAVE_EVERY_MS = 10 * 60_000;

export interface SeenTimes {
  /** {@link Clock.now} as it was last saved. */
  readonly latestTime: number;
  /** {@link Clock.sure} as it was last saved. */
  readonly sureTime: number;
}

export interface ClockOptions {
  /** As they were saved; 0: never. */
  readonly seen: () => SeenTimes;
  readonly save: (seen: SeenTimes) => Promise<void>;
  /** For tests: the machine's clocks, ms. */
  readonly wall?: () => number;
  readonly monotonic?: () => number;
}

/**
 * The box's time. A Raspberry Pi has no clock that runs without power, and one that is wrong must not let anyone in
 * whose token has expired, lock anyone out, or delete anything before its time.
 */
export class Clock {
  private readonly options: ClockOptions;
  private readonly wall: () => number;
  private readonly monotonic: () => number;
  private lines: { readonly now: TimeLine; readonly sure: TimeLine } | undefined;
  private looking: NodeJS.Timeout | undefined;
  private savedAt = -Infinity;
  private saving: Promise<void> = Promise.resolve();

  constructor(options: ClockOptions) {
    this.options = options;
    this.wall = options.wall ?? Date.now;
    this.monotonic = options.monotonic ?? (() => performance.now());
  }

  /** After the state has been read. */
  start(): void {
    const { latestTime, sureTime } = this.options.seen();
    this.lines = { now: lineFrom(latestTime, YEAR), sure: lineFrom(sureTime, DAY) };
    this.look();
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.looking);
    this.save();
    await this.saving;
  }

  /** Ms since the epoch; never earlier than it ever was on this box. For tokens, and for what happens. */
  now(): number {
    return this.read('now');
  }

  /**
   * Ms since the epoch, at least this late it is: after a leap of more than a day it waits for an hour in which the
   * clock holds. For what cannot be undone: deleting by age.
   */
  sure(): number {
    return this.read('sure');
  }

  private read(line: 'now' | 'sure'): number {
    if (!this.lines) throw new Error('The clock has not been started.');
    return Math.floor(this.lines[line].read(Math.max(this.wall(), RELEASED), this.monotonic()));
  }

  private look(): void {
    // Also when nobody asks: whether a leap holds is seen by looking again.
    this.now();
    this.sure();
    if (this.monotonic() - this.savedAt >= SAVE_EVERY_MS) this.save();
  }

  private save(): void {
    if (!this.lines) return;
    this.savedAt = this.monotonic();
    // What cannot be saved is told by the storage; the next look tries again.
    this.saving = this.options
      .save({ latestTime: this.now(), sureTime: this.sure() })
      .catch(() => void (this.savedAt = -Infinity));
  }
}

function lineFrom(seen: number, atStart: number): TimeLine {
  if (seen === 0) return new TimeLine({ from: RELEASED, atStart: FIRST_YEARS * YEAR });
  return new TimeLine({ from: seen, atStart });
}
