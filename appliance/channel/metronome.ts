/**
 * Calls back every `periodMs` on a schedule that does not drift: each due time follows from the first, and a late
 * call is made up for at once. After a stall longer than `forgiveMs` the missed calls are left out.
 */
export class Metronome {
  /** May be changed within a tick: the next one is so much later. */
  periodMs: number;
  private readonly forgiveMs: number;
  private readonly tick: (dueMs: number) => void;
  private due = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor({
    periodMs,
    forgiveMs = 500,
    tick,
  }: {
    periodMs: number;
    forgiveMs?: number;
    tick: (dueMs: number) => void;
  }) {
    this.periodMs = periodMs;
    this.forgiveMs = forgiveMs;
    this.tick = tick;
  }

  get running(): boolean {
    return this.timer !== undefined;
  }

  /** The first tick is at once: whoever starts it has something to send. */
  start(): void {
    if (this.timer) return;
    this.due = performance.now();
    this.timer = setTimeout(this.run, 0);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private readonly run = (): void => {
    const now = performance.now();
    if (now - this.due > this.forgiveMs) this.due = now;
    while (this.due <= now && this.timer) {
      this.tick(this.due);
      this.due += this.periodMs;
    }
    if (this.timer) this.timer = setTimeout(this.run, Math.max(0, this.due - performance.now()));
  };
}
