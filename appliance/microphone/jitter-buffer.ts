import { crossFade } from '../floor/cross-fade.ts';
import { FLOOR_FRAME_SAMPLES, NO_SOUND } from '../floor/floor-frame.ts';
import type { GuestVoice } from '../floor/hand-over.ts';
import { SampleQueue } from './sample-queue.ts';

/** Read only once this much is there, so that the network's jitter is not heard: 60 ms. */
const CUSHION = 3 * FLOOR_FRAME_SAMPLES;
/** More than this has come late and together, or from a clock that runs faster: it is left out down to the cushion. 240 ms. */
const SURPLUS = 12 * FLOOR_FRAME_SAMPLES;
const CAPACITY = 25 * FLOOR_FRAME_SAMPLES;

/**
 * A visitor's voice, which comes as the network brings it, for the floor, which takes 20 ms every 20 ms. Where it runs
 * dry it fades out, and fades in again. Both hot paths (`push`, `pull`) allocate nothing.
 */
export class JitterBuffer implements GuestVoice {
  private readonly queue = new SampleQueue(CAPACITY);
  private readonly last = new Int16Array(FLOOR_FRAME_SAMPLES);
  private playing = false;

  /** @param samples 480 */
  push(samples: Int16Array): void {
    if (this.queue.room < samples.length) this.queue.take(this.last);
    this.queue.push(samples);
  }

  pull(into: Int16Array): boolean {
    const { queue, last } = this;
    if (!this.playing && queue.length < CUSHION) {
      into.set(NO_SOUND);
      return false;
    }
    if (this.playing && queue.length < FLOOR_FRAME_SAMPLES) return this.fadeOut(into);
    const surplus = queue.length > SURPLUS;
    if (!this.playing) last.set(NO_SOUND);
    else if (surplus) queue.take(last);
    queue.take(into);
    if (surplus) while (queue.length > CUSHION) queue.take(into);
    if (!this.playing || surplus) crossFade(last, into);
    last.set(into);
    this.playing = true;
    return true;
  }

  /** What was last heard, backwards and ever softer: no jump where it begins, and nothing where it ends. */
  private fadeOut(into: Int16Array): boolean {
    for (let i = 0; i < FLOOR_FRAME_SAMPLES; i++) {
      const sample = this.last[FLOOR_FRAME_SAMPLES - 1 - i] ?? 0;
      into[i] = sample * (1 - (i + 1) / FLOOR_FRAME_SAMPLES);
    }
    this.playing = false;
    return true;
  }
}
