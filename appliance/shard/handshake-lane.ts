/**
 * The steps of handshakes, one at a time with the event loop in between, and never before a frame that waits:
 * a step takes milliseconds, and someone is listening meanwhile. Phones that are nearly through go first, so that
 * in a storm the first are served while the last still wait, instead of all waiting for all.
 */
export class HandshakeLane {
  private readonly framesFirst: () => boolean;
  private readonly begin: (() => void)[] = [];
  private readonly finish: (() => void)[] = [];
  private running = false;

  /** @param framesFirst sends what waits. @returns whether something still does. */
  constructor({ framesFirst }: { framesFirst: () => boolean }) {
    this.framesFirst = framesFirst;
  }

  get waiting(): number {
    return this.begin.length + this.finish.length;
  }

  add(work: () => void, urgency: 'begin' | 'finish'): void {
    (urgency === 'begin' ? this.begin : this.finish).push(work);
    if (this.running) return;
    this.running = true;
    setImmediate(this.next);
  }

  private readonly next = (): void => {
    if (this.framesFirst()) {
      setImmediate(this.next);
      return;
    }
    const work = this.finish.shift() ?? this.begin.shift();
    if (!work) {
      this.running = false;
      return;
    }
    setImmediate(this.next);
    work();
  };
}
