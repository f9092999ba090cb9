/** How long each phase of a start took, for the log: against the box's budget in docs/operating.md. */
export class StartPhases {
  private readonly ended: Record<string, number> = {};
  private last = 0;

  /** What ended just now, the first of them counted from the start of the process. */
  end(phase: string): void {
    const now = performance.now();
    this.ended[phase] = Math.round(now - this.last);
    this.last = now;
  }

  /** ms of each phase, in order, and of all. */
  get milliseconds(): Readonly<Record<string, number>> {
    return { ...this.ended, total: Math.round(this.last) };
  }
}
