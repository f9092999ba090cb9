const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const YEAR = 366 * DAY;

/** As much as a clock that is right may be ahead from one look to the next: a slow crystal, a busy machine. */
const TOLERANCE = 5 * MINUTE;

export interface TimeLineOptions {
  /** The latest time that is known to have been, ms since the epoch. */
  readonly from: number;
  /** How far the clock may have run on while the box was off, to be taken at its word at the start, ms. */
  readonly atStart: number;
}

/**
 * Time that never goes back. It runs by the monotonic clock and follows the wall clock forward; a leap of the wall
 * clock it follows only after it has held: an hour, or a day if it is over more than a year.
 */
export class TimeLine {
  private readonly options: TimeLineOptions;
  private anchor: { readonly time: number; readonly at: number } | undefined;
  private leap: { readonly offset: number; readonly since: number } | undefined;

  constructor(options: TimeLineOptions) {
    this.options = options;
  }

  /** @param wall ms since the epoch. @param monotonic ms since any moment. */
  read(wall: number, monotonic: number): number {
    this.anchor ??= { time: this.first(wall), at: monotonic };
    const steady = this.anchor.time + (monotonic - this.anchor.at);
    const ahead = wall - steady;
    if (ahead <= TOLERANCE) {
      this.leap = undefined;
      if (ahead <= 0) return steady;
    } else if (!this.hasHeld(wall - monotonic, monotonic, ahead)) return steady;
    this.anchor = { time: wall, at: monotonic };
    return wall;
  }

  private first(wall: number): number {
    const { from, atStart } = this.options;
    return wall > from && wall - from <= atStart ? wall : from;
  }

  private hasHeld(offset: number, monotonic: number, ahead: number): boolean {
    if (!this.leap || Math.abs(offset - this.leap.offset) > TOLERANCE)
      this.leap = { offset, since: monotonic };
    return monotonic - this.leap.since >= (ahead > YEAR ? DAY : HOUR);
  }
}
