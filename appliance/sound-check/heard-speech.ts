import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { holdsSound } from '../floor/loudness.ts';

const LONGEST_SAMPLES = 20 * FLOOR_RATE;
/** Of a model's silence between two sentences so much is kept. */
const LONGEST_PAUSE = FLOOR_RATE;

/** What an interpreter has said in a sound check, for the guide to hear. */
export class HeardSpeech {
  private readonly pieces: Int16Array[] = [];
  private length = 0;
  private pause = 0;
  private lastAt = -Infinity;

  get ms(): number {
    return Math.round(((this.length - this.pause) * 1_000) / FLOOR_RATE);
  }

  /** For how long nothing has been heard, ms. */
  get quietMs(): number {
    return performance.now() - this.lastAt;
  }

  /** Copied. @returns whether there is something to hear in it. */
  add(samples: Int16Array): boolean {
    const sounds = holdsSound(samples);
    if (sounds) this.lastAt = performance.now();
    this.pause = sounds ? 0 : this.pause + samples.length;
    // Models send silence while they have nothing to say, first of all before the first word.
    const worth = sounds || (this.length > 0 && this.pause < LONGEST_PAUSE);
    if (worth && this.length + samples.length <= LONGEST_SAMPLES) {
      this.pieces.push(samples.slice());
      this.length += samples.length;
    } else if (!sounds) this.pause -= samples.length;
    return sounds;
  }

  samples(): Int16Array {
    const all = new Int16Array(this.length);
    let at = 0;
    for (const piece of this.pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}
