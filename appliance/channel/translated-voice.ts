import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { Pace } from './pace.ts';
import { SKIP_TONE } from './skip-tone.ts';
import { type LeftOut, SpeechQueue } from './speech-queue.ts';
import { TimeStretch } from './time-stretch.ts';

const SAMPLES_PER_MS = FLOOR_RATE / 1000;
/** A voice that is cut off fades out, so that there is no click: 8 ms. */
const FADE = 8 * SAMPLES_PER_MS;
/** Every model is at least so far behind: what it says so soon after an interruption is still of what was interrupted, ms. */
const STALE_MS = 1_500;

export interface TranslatedVoiceOptions {
  /** Something of these sentences will not be heard: the voice went on to a newer one. */
  readonly onSkipped?: ((sentences: readonly string[]) => void) | undefined;
  /** Every stretch that will not be heard, pauses too; positions in samples of all that was pushed. */
  readonly onLeftOut?: (leftOut: LeftOut) => void;
}

/**
 * A model's speech as it is heard: never far behind, whatever the model makes of what the guide says. The further it is
 * behind, the more is done about it ({@link Pace}); a word is heard whole or not at all.
 */
export class TranslatedVoice {
  /** Sentences that were left out since the beginning. */
  skipped = 0;
  private readonly onSkipped: TranslatedVoiceOptions['onSkipped'];
  private readonly queue: SpeechQueue;
  private readonly pace = new Pace();
  private readonly stretch = new TimeStretch({ source: (into, from, to) => this.supply(into, from, to) });
  /** How much of the tone has been heard that stands for what was left out. */
  private toneAt = SKIP_TONE.length;
  private interrupted = false;
  private takesFrom = -Infinity;

  constructor({ onSkipped, onLeftOut }: TranslatedVoiceOptions = {}) {
    this.onSkipped = onSkipped;
    this.queue = new SpeechQueue({
      ...(onLeftOut && { onLeftOut }),
      onSkipped: (sentences) => this.skip(sentences),
    });
  }

  /** Speech that waits, ms. */
  get queuedMs(): number {
    return this.queue.queuedMs + this.stretch.held / SAMPLES_PER_MS;
  }

  /** How much faster than the model made it, 1 to 1.25. */
  get tempo(): number {
    return this.pace.tempo;
  }

  get droppedMs(): number {
    return this.queue.droppedMs;
  }

  /** Speech: mono, 24 kHz, at any rate. @param onHeard called when its beginning is heard, if it is */
  push(samples: Int16Array, onHeard?: (at: number) => void): void {
    if (performance.now() >= this.takesFrom) this.queue.push(samples, onHeard);
  }

  /** Somebody else speaks now: what is heard fades out with the next pull, and what waits, or is on its way, is not heard. */
  interrupt(): void {
    this.interrupted = this.queuedMs > 0;
    this.takesFrom = performance.now() + STALE_MS;
  }

  /** The first word of a sentence was written. */
  begin(sentence: string): void {
    this.queue.begin(sentence);
  }

  /** What is heard next. @returns how many samples there were; the rest of `into` is left as it was. */
  pull(into: Int16Array): number {
    if (this.interrupted) return this.fadeOut(into);
    this.pace.keep(this.queuedMs, into.length / SAMPLES_PER_MS);
    return this.stretch.pull(into, this.pace.tempo);
  }

  /** Nothing was said for a while. */
  rest(): void {
    this.pace.rest();
  }

  clear(): void {
    this.queue.clear();
    this.stretch.clear();
    this.pace.rest();
    this.toneAt = SKIP_TONE.length;
    this.interrupted = false;
  }

  private fadeOut(into: Int16Array): number {
    const count = Math.min(FADE, this.stretch.pull(into, 1));
    for (let i = 0; i < count; i++) into[i] = (into[i] ?? 0) * (1 - (i + 1) / count);
    this.queue.forgo();
    this.stretch.clear();
    this.toneAt = SKIP_TONE.length;
    this.interrupted = false;
    return count;
  }

  private supply(into: Int16Array, from: number, to: number): number {
    let at = from;
    do {
      while (at < to && this.toneAt < SKIP_TONE.length) into[at++] = SKIP_TONE[this.toneAt++] ?? 0;
      at += this.queue.pull(into, at, to, this.pace);
    } while (at < to && this.toneAt < SKIP_TONE.length);
    return at - from;
  }

  private skip(sentences: readonly string[]): void {
    this.pace.caughtUp();
    this.toneAt = 0;
    this.skipped += sentences.length;
    this.onSkipped?.(sentences);
  }
}
