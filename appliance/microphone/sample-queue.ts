/** Samples waiting to be played: a ring of fixed size, so that nothing is allocated while it turns. */
export class SampleQueue {
  private readonly ring: Int16Array;
  private head = 0;
  private filled = 0;

  constructor(capacity: number) {
    this.ring = new Int16Array(capacity);
  }

  get length(): number {
    return this.filled;
  }

  get room(): number {
    return this.ring.length - this.filled;
  }

  /** Copies all of `samples`. @throws RangeError when there is no room: the caller asks first. */
  push(samples: Int16Array): void {
    if (samples.length > this.room) throw new RangeError('The sample queue is full.');
    const tail = (this.head + this.filled) % this.ring.length;
    const first = Math.min(samples.length, this.ring.length - tail);
    this.ring.set(samples.subarray(0, first), tail);
    this.ring.set(samples.subarray(first), 0);
    this.filled += samples.length;
  }

  /** Fills `into`, with silence where the samples end. */
  take(into: Int16Array): void {
    const count = Math.min(into.length, this.filled);
    const first = Math.min(count, this.ring.length - this.head);
    into.set(this.ring.subarray(this.head, this.head + first));
    into.set(this.ring.subarray(0, count - first), first);
    into.fill(0, count);
    this.head = (this.head + count) % this.ring.length;
    this.filled -= count;
  }
}
