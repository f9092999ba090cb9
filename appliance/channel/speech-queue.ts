import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { PAUSE_MS, Sentences } from './sentences.ts';
import { SLICE, SLICE_MS, SpeechRing } from './speech-ring.ts';

const SAMPLES_PER_MS = FLOOR_RATE / 1000;
/** Pauses longer than 250 ms are made 150 ms long, of which 70 stay before the next word. */
const LONG_PAUSE = 250 / SLICE_MS;
const SHORT_PAUSE = 150 / SLICE_MS;
const BEFORE_WORD = 70 / SLICE_MS;
/** Of a pause so much is heard before the rest is left out: the last sound of a word is a soft one. 80 ms. */
const AFTER_WORD = SHORT_PAUSE - BEFORE_WORD;
/** Only of use if more is gained by it, ms. */
const LEAST_SKIPPED_MS = 1_000;

/** A stretch of speech that nobody will hear: the positions of its first sample and of the one after its last. */
export interface LeftOut {
  readonly from: number;
  readonly to: number;
}

export interface SpeechQueueOptions {
  /** Never more than this waits; the oldest gives way, ms. Only a model that has gone wrong runs so far ahead. */
  readonly maxMs?: number;
  /** Something of the speech will not be heard, a pause or whole sentences. */
  readonly onLeftOut?: (leftOut: LeftOut) => void;
  /** It has gone on to a newer sentence, and something of these will not be heard. */
  readonly onSkipped?: (sentences: readonly string[]) => void;
}

/** How much is to be done about what waits. */
export interface Hurry {
  /** Long pauses are to be shortened. */
  readonly hurried: boolean;
  /** It is to go on to the newest sentence. */
  readonly lost: boolean;
}

interface Piece {
  readonly at: number;
  readonly onHeard: (at: number) => void;
}

/**
 * Speech that a model has made faster than it can be heard. It knows where its pauses are and where its sentences
 * begin, and leaves nothing out but between two words.
 */
export class SpeechQueue {
  /** Dropped for want of room since the beginning, ms. */
  droppedMs = 0;
  private readonly maxSamples: number;
  private readonly onLeftOut: (leftOut: LeftOut) => void;
  private readonly onSkipped: (sentences: readonly string[]) => void;
  private readonly ring = new SpeechRing();
  private readonly sentences = new Sentences({ ring: this.ring });
  private readonly pieces: Piece[] = [];
  /** Slices heard since the last sound. */
  private quiet = 0;

  constructor({
    maxMs = 60_000,
    onLeftOut = () => undefined,
    onSkipped = () => undefined,
  }: SpeechQueueOptions = {}) {
    this.maxSamples = maxMs * SAMPLES_PER_MS;
    this.onLeftOut = onLeftOut;
    this.onSkipped = onSkipped;
  }

  get queuedMs(): number {
    return this.ring.waiting / SAMPLES_PER_MS;
  }

  /** @param onHeard called with ms of `performance.now()` when its beginning is pulled; never when it is left out */
  push(samples: Int16Array, onHeard?: (at: number) => void): void {
    if (samples.length === 0) return;
    if (onHeard) this.pieces.push({ at: this.ring.end, onHeard });
    this.ring.push(samples);
    const excess = this.ring.waiting - this.maxSamples;
    if (excess > 0) {
      this.leaveOut(this.ring.start + excess);
      this.droppedMs += excess / SAMPLES_PER_MS;
    }
  }

  /** The first word of a sentence was written: its sound comes now, or is about to. */
  begin(sentence: string): void {
    this.sentences.begin(sentence);
  }

  /**
   * Fills `into` from `from` up to `to`.
   * @returns how many samples there were; fewer when it has run dry, or gone on to another sentence after them. The
   * rest is left as it was.
   */
  pull(into: Int16Array, from: number, to: number, hurry: Hurry): number {
    let at = from;
    while (at < to && this.ring.waiting > 0) {
      if (hurry.lost && this.skip()) break;
      if (hurry.hurried) this.shortenPause();
      const { start } = this.ring;
      const toSliceEnd = SLICE - (start % SLICE);
      const count = Math.min(to - at, toSliceEnd, this.ring.waiting);
      const loud = this.ring.isLoud(start);
      this.ring.read(into, at, count);
      at += count;
      if (loud) this.quiet = 0;
      else if (count === toSliceEnd) this.quiet++;
      if (this.pieces.length > 0) this.tellHeard(start);
    }
    return at - from;
  }

  /** Nothing of what waits is wanted any more. */
  forgo(): void {
    const { start, end } = this.ring;
    if (start === end) return;
    const skipped = this.sentences.between(start, end);
    this.leaveOut(end);
    this.quiet = 0;
    this.onSkipped(skipped);
  }

  clear(): void {
    this.ring.start = this.ring.end;
    this.pieces.length = 0;
    this.quiet = 0;
    this.sentences.clear();
  }

  /** On to where the newest sentence begins, if a pause is being heard, and there is one. @returns whether it has. */
  private skip(): boolean {
    const { ring } = this;
    if (this.quiet < AFTER_WORD) return false;
    if ((this.quiet + ring.quietFrom(ring.start)) * SLICE_MS < PAUSE_MS) return false;
    const newest = this.sentences.newest();
    if (newest === undefined || newest - ring.start < LEAST_SKIPPED_MS * SAMPLES_PER_MS) return false;
    const skipped = this.sentences.between(ring.start, newest);
    this.leaveOut(newest);
    this.quiet = 0;
    this.onSkipped(skipped);
    return true;
  }

  private shortenPause(): void {
    const { ring, quiet } = this;
    if (quiet < AFTER_WORD || ring.start % SLICE !== 0) return;
    const ahead = ring.quietFrom(ring.start);
    const kept = Math.max(BEFORE_WORD, SHORT_PAUSE - quiet);
    if (quiet + ahead > LONG_PAUSE && ahead > kept) {
      this.leaveOut(Math.min(ring.end, ring.start + (ahead - kept) * SLICE));
    }
  }

  private leaveOut(to: number): void {
    const from = this.ring.start;
    this.ring.start = to;
    while (this.pieces[0] && this.pieces[0].at < to) this.pieces.shift();
    this.onLeftOut({ from, to });
  }

  private tellHeard(from: number): void {
    for (let piece = this.pieces[0]; piece && piece.at < this.ring.start; piece = this.pieces[0]) {
      this.pieces.shift();
      if (piece.at >= from) piece.onHeard(performance.now());
    }
  }
}
