const FRAME = 480;
const FRAME_MS = 20;
const VOICED_LEVEL = 300;
const FRAMES_TO_START = 3;
const QUIET_FRAMES_TO_END = 15;
const LONGEST_FRAMES = 100;

export interface Utterance {
  /** From its first sound until it was over, ms. */
  readonly ms: number;
  /** Of it, the quiet at its end: none where it was cut because it was long. */
  readonly quietMs: number;
}

/** Finds speech by its energy. An utterance ends after 300 ms of quiet, or every 2 s of unbroken speech. */
export class SpeechDetector {
  private readonly onUtterance: (utterance: Utterance) => void;
  private voiced = 0;
  private quiet = 0;
  private length = 0;
  private left = 0;
  private sum = 0;

  constructor({ onUtterance }: { onUtterance: (utterance: Utterance) => void }) {
    this.onUtterance = onUtterance;
  }

  hear(samples: Int16Array): void {
    for (const sample of samples) {
      this.sum += Math.abs(sample);
      if (++this.left === FRAME) this.endFrame();
    }
  }

  /** Ends the utterance under way, if there is one. */
  flush(): void {
    if (this.voiced >= FRAMES_TO_START)
      this.onUtterance({ ms: this.length * FRAME_MS, quietMs: this.quiet * FRAME_MS });
    this.voiced = this.quiet = this.length = 0;
  }

  private endFrame(): void {
    const voiced = this.sum / FRAME > VOICED_LEVEL;
    this.sum = this.left = 0;
    if (voiced) {
      this.voiced++;
      this.quiet = 0;
    } else if (this.voiced > 0) {
      this.quiet++;
    }
    if (this.voiced > 0) this.length++;
    if (this.quiet >= QUIET_FRAMES_TO_END || this.length >= LONGEST_FRAMES) this.flush();
  }
}
