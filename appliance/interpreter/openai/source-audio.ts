/**
 * The guide's speech on its way to a session: the last seconds in one preallocated ring. Samples are counted from
 * the interpreter's start, so a position names the same sample in every session.
 */
export class SourceAudio {
  private readonly ring: Int16Array;
  private written = 0;
  private position = 0;
  private lost = 0;

  /** `capacity`: samples kept, sent and unsent together. */
  constructor({ capacity }: { capacity: number }) {
    this.ring = new Int16Array(capacity);
  }

  /** Position of the first sample that no session was given. */
  get next(): number {
    return this.position;
  }

  /** Position after the last sample. */
  get end(): number {
    return this.written;
  }

  get unsent(): number {
    return this.written - this.position;
  }

  /** Samples that grew too old before any session could take them. */
  get dropped(): number {
    return this.lost;
  }

  write(samples: Int16Array): void {
    const at = this.written % this.ring.length;
    const room = this.ring.length - at;
    if (samples.length <= room) {
      this.ring.set(samples, at);
    } else {
      this.ring.set(samples.subarray(0, room), at);
      this.ring.set(samples.subarray(room), 0);
    }
    this.advance(samples.length);
  }

  writeSilence(count: number): void {
    for (let left = Math.min(count, this.ring.length); left > 0;) {
      const at = this.written % this.ring.length;
      const run = Math.min(left, this.ring.length - at);
      this.ring.fill(0, at, at + run);
      this.advance(run);
      left -= run;
    }
  }

  /** Copies the next samples into `target` and counts them as sent; fills up with silence when fewer are left. */
  take(target: Int16Array): void {
    const count = Math.min(target.length, this.unsent);
    for (let index = 0; index < count; index++) {
      target[index] = this.ring[(this.position + index) % this.ring.length] ?? 0;
    }
    target.fill(0, count);
    this.position += count;
  }

  /** Mean absolute value of the next `count` samples, 0 to 32,768. */
  loudness(count: number): number {
    let sum = 0;
    for (let index = 0; index < count; index++) {
      sum += Math.abs(this.ring[(this.position + index) % this.ring.length] ?? 0);
    }
    return sum / count;
  }

  /** Counts everything from `position` on as unsent again, as far as it is still kept. */
  rewindTo(position: number): void {
    this.position = Math.max(0, this.written - this.ring.length, Math.min(position, this.position));
  }

  private advance(count: number): void {
    this.written += count;
    const oldest = this.written - this.ring.length;
    if (oldest <= this.position) return;
    this.lost += oldest - this.position;
    this.position = oldest;
  }
}
