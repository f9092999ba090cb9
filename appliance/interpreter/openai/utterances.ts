import { FLOOR_RATE, type FloorFrame } from '../../floor/floor-frame.ts';
import { holdsSound } from '../../floor/loudness.ts';

/** Frames without sound that end an utterance which has grown long: 160 ms, between two words. */
const GAP_FRAMES = 8;
const LONG = 8 * FLOOR_RATE;
/** Nobody waits longer for the end of a sentence. */
const LONGEST = 15 * FLOOR_RATE;
/** Quiet of which no more is kept than this. */
const EMPTY = 10 * FLOOR_RATE;

export type Boundary = 'commit' | 'clear';

/**
 * Where the guide's utterances end, in samples from the interpreter's start: for sessions that do not find that out by
 * themselves. Quiet in which nothing was said is to be cleared, so that no model makes words of it. Hot path:
 * allocates only at a boundary.
 */
export class Utterances {
  private readonly boundaries: { readonly at: number; readonly kind: Boundary }[] = [];
  private begin = 0;
  private spoken = false;
  private quietFrames = 0;

  /** @param end the position after the frame's last sample */
  hear({ samples, voiced }: FloorFrame, end: number): void {
    this.quietFrames = holdsSound(samples) ? 0 : this.quietFrames + 1;
    this.spoken ||= voiced;
    const length = end - this.begin;
    if (!this.spoken) {
      if (length >= EMPTY) this.mark('clear', end);
      return;
    }
    const gap = length >= LONG && this.quietFrames >= GAP_FRAMES;
    if (!voiced || gap || length >= LONGEST) this.mark('commit', end);
  }

  /** Silence that was made for the floor, which has gone: whatever was said is over. */
  silence(end: number): void {
    if (this.spoken) this.mark('commit', end);
    else if (end - this.begin >= EMPTY) this.mark('clear', end);
  }

  /** What is due once everything before `position` was sent; each is told once. */
  due(position: number): Boundary | undefined {
    let due: Boundary | undefined;
    while (this.boundaries[0] && this.boundaries[0].at <= position) {
      const { kind } = this.boundaries[0];
      this.boundaries.shift();
      due = due === 'commit' ? due : kind;
    }
    return due;
  }

  private mark(kind: Boundary, at: number): void {
    this.boundaries.push({ at, kind });
    this.begin = at;
    this.spoken = false;
  }
}
