import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { holdsSound } from '../floor/loudness.ts';

const SAMPLES_PER_MS = FLOOR_RATE / 1000;
const PAUSE_SLICE = 20 * SAMPLES_PER_MS;

export interface SpeechQueueLimits {
  /** Above this much sound waiting, pauses are left out until it has been caught up, ms. */
  readonly trimAboveMs: number;
  /** Never more than this waits; the oldest gives way, ms. */
  readonly maxMs: number;
}

interface Chunk {
  readonly samples: Int16Array;
  /** Called with ms of `performance.now()`, once. */
  onHeard: ((at: number) => void) | undefined;
}

/**
 * Speech that a model has made faster than it can be heard. The voice must not fall behind without end, and speech
 * that is sped up is not understood: so pauses are shortened first, and only past `maxMs` are words dropped.
 */
export class SpeechQueue {
  /** Dropped for want of room since the beginning, ms. */
  droppedMs = 0;
  private readonly limits: SpeechQueueLimits;
  private readonly chunks: Chunk[] = [];
  private offset = 0;
  private waiting = 0;

  constructor(limits: SpeechQueueLimits = { trimAboveMs: 4_000, maxMs: 20_000 }) {
    this.limits = limits;
  }

  get queuedMs(): number {
    return this.waiting / SAMPLES_PER_MS;
  }

  /** Takes the buffer over. @param onHeard called when its beginning is pulled. */
  push(samples: Int16Array, onHeard?: (at: number) => void): void {
    if (samples.length === 0) return;
    this.chunks.push({ samples, onHeard });
    this.waiting += samples.length;
    const excess = this.waiting - this.limits.maxMs * SAMPLES_PER_MS;
    if (excess > 0) {
      this.skip(excess);
      this.droppedMs += excess / SAMPLES_PER_MS;
    }
  }

  /** Fills `into` from the front; @returns how many samples there were. The rest of `into` is left as it was. */
  pull(into: Int16Array): number {
    if (this.queuedMs > this.limits.trimAboveMs) this.skipPause();
    let filled = 0;
    while (filled < into.length) {
      const head = this.chunks[0];
      if (!head) break;
      const { samples, onHeard } = head;
      head.onHeard = undefined;
      onHeard?.(performance.now());
      const count = Math.min(into.length - filled, samples.length - this.offset);
      into.set(samples.subarray(this.offset, this.offset + count), filled);
      filled += count;
      this.skip(count);
    }
    return filled;
  }

  clear(): void {
    this.chunks.length = 0;
    this.offset = 0;
    this.waiting = 0;
  }

  /** Leaves out 20 ms slices for as long as they are quiet, all but the last. */
  private skipPause(): void {
    for (;;) {
      const head = this.chunks[0]?.samples;
      if (!head || head.length - this.offset < 2 * PAUSE_SLICE) return;
      if (holdsSound(head, this.offset, this.offset + 2 * PAUSE_SLICE)) return;
      this.skip(PAUSE_SLICE);
    }
  }

  private skip(count: number): void {
    let left = Math.min(Math.round(count), this.waiting);
    this.waiting -= left;
    while (left > 0) {
      const head = this.chunks[0]?.samples;
      if (!head) return;
      const step = Math.min(left, head.length - this.offset);
      this.offset += step;
      left -= step;
      if (this.offset === head.length) {
        this.chunks.shift();
        this.offset = 0;
      }
    }
  }
}
