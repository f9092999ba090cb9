/** Less than a tenth of a frame: whatever is due meanwhile comes first. */
const SLICE_MS = 2;

export interface Sender {
  /** Sends what waits. */
  flush(): void;
}

/**
 * Lets pages be sent what waits for them, in slices between which everything else has its turn: what concerns a
 * thousand pages at once would hold up the guide's voice. One per server.
 */
export class Outbox {
  private readonly waiting = new Set<Sender>();
  private next: NodeJS.Immediate | undefined;

  /** `sender` has something to send. */
  request(sender: Sender): void {
    this.waiting.add(sender);
    this.next ??= setImmediate(this.run);
  }

  forget(sender: Sender): void {
    this.waiting.delete(sender);
  }

  private readonly run = (): void => {
    const until = performance.now() + SLICE_MS;
    for (const sender of this.waiting) {
      this.waiting.delete(sender);
      sender.flush();
      if (performance.now() >= until) break;
    }
    this.next = this.waiting.size > 0 ? setImmediate(this.run) : undefined;
  };
}
