import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { holdsSound } from '../floor/loudness.ts';

/** Loud or quiet is told of 10 ms at a time. */
export const SLICE_MS = 10;
export const SLICE = (SLICE_MS * FLOOR_RATE) / 1_000;
/** 5 s at first; doubled as often as a model runs further ahead. */
const SLICES = 512;

/**
 * Speech that waits, in a ring that grows: every sample has a position that never changes, counted from the first that
 * ever came, and of every slice of 10 ms it is known whether there is sound in it.
 */
export class SpeechRing {
  /** The position of the next sample to be read, and of the next to come. */
  start = 0;
  end = 0;
  private slices = SLICES;
  private samples = new Int16Array(SLICES * SLICE);
  private loud = new Uint8Array(SLICES);

  get waiting(): number {
    return this.end - this.start;
  }

  push(samples: Int16Array): void {
    while (this.waiting + samples.length > (this.slices - 1) * SLICE) this.grow();
    this.write(samples);
  }

  /** Fills `into` from `at` on with `count` samples; there must be as many. */
  read(into: Int16Array, at: number, count: number): void {
    const from = this.start % this.samples.length;
    const first = Math.min(count, this.samples.length - from);
    for (let i = 0; i < first; i++) into[at + i] = this.samples[from + i] ?? 0;
    for (let i = first; i < count; i++) into[at + i] = this.samples[i - first] ?? 0;
    this.start += count;
  }

  /** Whether there is sound in the slice at `position`, which must wait. */
  isLoud(position: number): boolean {
    return this.loud[Math.floor(position / SLICE) % this.slices] === 1;
  }

  /** How many slices from the one at `position` on are quiet, up to the first with sound, or to the end. */
  quietFrom(position: number): number {
    let slices = 0;
    for (let at = position; at < this.end && !this.isLoud(at); at += SLICE) slices++;
    return slices;
  }

  /** How many slices between two positions have sound in them. */
  loudBetween(from: number, to: number): number {
    let slices = 0;
    for (let at = from; at < to; at += SLICE) if (this.isLoud(at)) slices++;
    return slices;
  }

  private write(samples: Int16Array): void {
    for (let at = 0; at < samples.length;) {
      const place = this.end % this.samples.length;
      const within = place % SLICE;
      const count = Math.min(SLICE - within, samples.length - at);
      const slice = (place - within) / SLICE;
      if (within === 0) this.loud[slice] = 0;
      for (let i = 0; i < count; i++) this.samples[place + i] = samples[at + i] ?? 0;
      if (this.loud[slice] === 0 && holdsSound(samples, at, at + count)) this.loud[slice] = 1;
      this.end += count;
      at += count;
    }
  }

  private grow(): void {
    const { samples, loud, slices } = this;
    this.slices = 2 * slices;
    this.samples = new Int16Array(this.slices * SLICE);
    this.loud = new Uint8Array(this.slices);
    const first = Math.floor(this.start / SLICE);
    for (let slice = first; slice * SLICE < this.end; slice++) {
      const [from, to] = [slice % slices, slice % this.slices];
      this.samples.set(samples.subarray(from * SLICE, (from + 1) * SLICE), to * SLICE);
      this.loud[to] = loud[from] ?? 0;
    }
  }
}
