import { NoiseFloor } from './noise-floor.ts';

export const HEARING_RATE = 16_000;
/** 20 ms at 16 kHz. */
export const HEARING_FRAME_SAMPLES = 320;
const FRAMES_PER_SECOND = 50;

/** Above the noise by this much, and never below `FAINTEST_DB`: someone began to speak. */
const BEGIN_DB = 10;
/** Still speaking: word ends are fainter than beginnings. */
const CONTINUE_DB = 6;
const FAINTEST_DB = -58;
/** 60 ms in a row: shorter is a click. */
const BEGIN_FRAMES = 3;
/** 200 ms altogether: shorter is a cough or a chair. */
const LEAST_LOUD_FRAMES = 10;
/** Soft beginnings (h, f, s) come before the level rises. */
const PRE_ROLL_FRAMES = 15;
/** Quiet kept at the end; more would only be recognised as nothing. */
const TAIL_FRAMES = 15;
/** A short utterance ends after 600 ms of quiet, a long one after a shorter pause, so that nobody waits. */
const QUIET_FRAMES = 30;
const SHORT_QUIET_FRAMES = 13;
const LONG_FRAMES = 6 * FRAMES_PER_SECOND;
const LONGEST_FRAMES = 12 * FRAMES_PER_SECOND;
/** Who speaks for 12 s without a pause is cut at the quietest place of the last three. */
const SEAM_FRAMES = 3 * FRAMES_PER_SECOND;

type Cutting = 'quiet' | 'speaking';

/** Cuts a stream of 20 ms frames at 16 kHz into utterances by their loudness. */
export class UtteranceCutter {
  private readonly onUtterance: (samples: Int16Array) => void;
  private readonly noise = new NoiseFloor();
  private readonly samples = new Int16Array((LONGEST_FRAMES + PRE_ROLL_FRAMES) * HEARING_FRAME_SAMPLES);
  private readonly levels = new Float32Array(LONGEST_FRAMES + PRE_ROLL_FRAMES);
  private cutting: Cutting = 'quiet';
  /** Frames in `samples`; while quiet at most the pre-roll, oldest first. */
  private frames = 0;
  private loudInARow = 0;
  private loud = 0;
  private quiet = 0;
  /** High-pass memory: wind and handling rumble must not count as speech. */
  private lastInput = 0;
  private lastOutput = 0;

  /** @param onUtterance gets its own copy, mono s16 at 16 kHz */
  constructor({ onUtterance }: { onUtterance: (samples: Int16Array) => void }) {
    this.onUtterance = onUtterance;
  }

  get speaking(): boolean {
    return this.cutting === 'speaking';
  }

  /** @param blank digital silence that no microphone made: it must not teach how loud the place is */
  push(frame: Int16Array, blank: boolean): void {
    const level = blank ? -100 : this.levelOf(frame);
    const floor = blank ? this.noise.level : this.noise.update(level);
    this.append(frame, level);
    if (this.cutting === 'quiet') this.awaitSpeech(level > Math.max(FAINTEST_DB, floor + BEGIN_DB));
    else this.awaitEnd(level > Math.max(FAINTEST_DB, floor + CONTINUE_DB));
  }

  /** Ends the utterance under way here, as if it were followed by quiet. */
  cut(): void {
    if (this.cutting === 'speaking') this.finish();
  }

  private awaitSpeech(loud: boolean): void {
    this.loudInARow = loud ? this.loudInARow + 1 : 0;
    if (this.loudInARow < BEGIN_FRAMES) return;
    this.cutting = 'speaking';
    this.loud = this.loudInARow;
    this.quiet = 0;
  }

  private awaitEnd(loud: boolean): void {
    if (loud) this.loud += 1;
    this.quiet = loud ? 0 : this.quiet + 1;
    if (this.quiet >= quietThatEnds(this.frames)) this.finish();
    else if (this.frames === LONGEST_FRAMES) this.split();
  }

  private finish(): void {
    const spare = Math.max(0, this.quiet - TAIL_FRAMES);
    if (this.loud >= LEAST_LOUD_FRAMES) this.emit(this.frames - spare);
    this.cutting = 'quiet';
    this.loudInARow = 0;
    this.keepFrom(Math.max(0, this.frames - PRE_ROLL_FRAMES));
  }

  private split(): void {
    const seam = this.quietestFrame(this.frames - SEAM_FRAMES);
    this.emit(seam);
    this.keepFrom(seam);
    this.loud = this.frames;
  }

  private emit(frames: number): void {
    this.onUtterance(this.samples.slice(0, frames * HEARING_FRAME_SAMPLES));
  }

  private append(frame: Int16Array, level: number): void {
    if (this.cutting === 'quiet' && this.frames === PRE_ROLL_FRAMES) this.keepFrom(1);
    this.samples.set(frame, this.frames * HEARING_FRAME_SAMPLES);
    this.levels[this.frames] = level;
    this.frames += 1;
  }

  private keepFrom(frame: number): void {
    this.samples.copyWithin(0, frame * HEARING_FRAME_SAMPLES, this.frames * HEARING_FRAME_SAMPLES);
    this.levels.copyWithin(0, frame, this.frames);
    this.frames -= frame;
  }

  private quietestFrame(from: number): number {
    let quietest = from;
    for (let i = from; i < this.frames; i += 1) {
      if ((this.levels[i] ?? 0) < (this.levels[quietest] ?? 0)) quietest = i;
    }
    return quietest;
  }

  /** dBFS of what is above about 130 Hz; -100 for digital silence. */
  private levelOf(frame: Int16Array): number {
    let sum = 0;
    let input = this.lastInput;
    let output = this.lastOutput;
    for (let i = 0; i < frame.length; i += 1) {
      const sample = frame[i] ?? 0;
      output = sample - input + 0.95 * output;
      input = sample;
      sum += output * output;
    }
    this.lastInput = input;
    this.lastOutput = output;
    return Math.max(-100, 10 * Math.log10(sum / frame.length / 32_768 ** 2 + 1e-12));
  }
}

/** Linear from 600 ms at 6 s down to 260 ms at 12 s. */
function quietThatEnds(frames: number): number {
  const late = Math.min(1, Math.max(0, (frames - LONG_FRAMES) / (LONGEST_FRAMES - LONG_FRAMES)));
  return QUIET_FRAMES - late * (QUIET_FRAMES - SHORT_QUIET_FRAMES);
}
