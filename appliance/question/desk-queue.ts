const SPAN_MS = 60_000;
/** More questions than these in a minute nobody reads beside speaking. */
const MOST_IN_SPAN = 3;

/** Questions on their way to the desk: three in a minute, those that are too many in the order in which they came. */
export class DeskQueue {
  private waiting: string[] = [];
  /** When the last ones went on, ms. */
  private times: number[] = [];

  add(question: string): void {
    this.waiting.push(question);
  }

  remove(question: string): void {
    this.waiting = this.waiting.filter((each) => each !== question);
  }

  clear(): void {
    this.waiting = [];
  }

  /** @param now ms. @returns those whose turn it is. */
  take(now: number): string[] {
    this.times = this.times.filter((time) => now - time < SPAN_MS);
    const due = this.waiting.splice(0, MOST_IN_SPAN - this.times.length);
    this.times.push(...due.map(() => now));
    return due;
  }

  /** In how many ms it is the next one's turn; undefined: none waits. */
  next(now: number): number | undefined {
    if (this.waiting.length === 0) return undefined;
    const [first] = this.times;
    if (first === undefined || this.times.length < MOST_IN_SPAN) return 0;
    return Math.max(0, first + SPAN_MS - now);
  }
}
