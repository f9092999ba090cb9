import { FLOOR_RATE, type FloorFrame } from '../../floor/floor-frame.ts';
import { VoiceActivity } from '../../floor/voice-activity.ts';

/** Quiet that ends an utterance, and one that has grown long, ms. */
const PAUSE_MS = 500;
const SHORT_PAUSE_MS = 160;
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
  private readonly pauses = new VoiceActivity({ hangoverMs: PAUSE_MS });
  private readonly gaps = new VoiceActivity({ hangoverMs: SHORT_PAUSE_MS });
  private readonly boundaries: { readonly at: number; readonly kind: Boundary }[] = [];
  private begin = 0;
  private voiced = false;

  /** @param end the position after the frame's last sample */
  hear({ samples, blank }: FloorFrame, end: number): void {
    // Made by the floor: it must not teach how loud the place is.
    const paused = blank || !this.pauses.hear(samples);
    const gap = blank || !this.gaps.hear(samples);
    if (!paused) this.voiced = true;
    const length = end - this.begin;
    if (!this.voiced) {
      if (length >= EMPTY) this.mark('clear', end);
    } else if (paused || (length >= LONG && gap) || length >= LONGEST) this.mark('commit', end);
  }

  /** Silence that was made for the floor, which has gone: whatever was said is over. */
  silence(end: number): void {
    if (this.voiced) this.mark('commit', end);
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
    this.voiced = false;
  }
}
