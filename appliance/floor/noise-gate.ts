import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES } from './floor-frame.ts';
import { SoundActivity } from './sound-activity.ts';

/** Open for this long after the last sound: within a talk, with its pauses, it does not close. */
const HOLD_FRAMES = 1_500 / FLOOR_FRAME_MS;
/** The place fades away and is not switched off: 100 ms. */
const FADE_FRAMES = 100 / FLOOR_FRAME_MS;
/** An onset is heard from its first millisecond, but not with a click: 5 ms. */
const ONSET_SAMPLES = FLOOR_FRAME_SAMPLES / 4;
/** So long after it has closed, a channel may still be sending silence, and time is taken already: 160 ms. */
const FRAMES_STILL_SENT = 8;
/** Two frames that are further apart, but for a microphone's jitter, have something missing between them. */
const NEXT_FRAME_MS = 5 * FLOOR_FRAME_MS;

/** One frame of 480 samples, valid during the call; `blank`: there is nothing to hear. */
export type GateOutput = (samples: Int16Array, capturedAt: number, blank: boolean) => void;

/**
 * A noise gate for what is sent to the phones: the steady noise of a place where nobody says anything is not worth a
 * packet. It opens at once and closes late. Hot path: allocates nothing.
 */
export class NoiseGate {
  private readonly activity = new SoundActivity();
  private readonly output: GateOutput;
  private readonly silence = new Int16Array(FLOOR_FRAME_SAMPLES);
  private readonly faded = new Int16Array(FLOOR_FRAME_SAMPLES);
  /**
   * The frame before, put out at an onset: 20 ms that may hold the beginning of a soft consonant. A phone's jitter
   * buffer is as full then as it is in the middle of a talk; a second frame would be heard as delay.
   */
  private readonly before = new Int16Array(FLOOR_FRAME_SAMPLES);
  private beforeAt = 0;
  private held = HOLD_FRAMES;
  private gain = 1;
  private closedFrames = 0;

  constructor({ output }: { output: GateOutput }) {
    this.output = output;
  }

  /** Opens it: who has just been given the floor is about to speak. */
  open(): void {
    this.held = HOLD_FRAMES;
    this.gain = 1;
    this.closedFrames = 0;
  }

  /** Puts out this frame, or a blank one for it; at an onset also the frame before it. */
  hear(samples: Int16Array, capturedAt: number): void {
    const heard = this.activity.hear(samples);
    const follows = capturedAt - this.beforeAt < NEXT_FRAME_MS;
    if (heard && follows && this.closedFrames > FRAMES_STILL_SENT)
      this.output(this.fade(this.before, 1, FLOOR_FRAME_SAMPLES), this.beforeAt, false);
    this.held = heard ? HOLD_FRAMES : Math.max(0, this.held - 1);
    if (this.held === 0) {
      this.before.set(samples);
      this.beforeAt = capturedAt;
      this.closedFrames++;
      this.gain = 0;
      this.output(this.silence, capturedAt, true);
      return;
    }
    this.closedFrames = 0;
    const gain = Math.min(1, (this.held - 1) / FADE_FRAMES);
    this.output(this.fade(samples, gain, heard ? ONSET_SAMPLES : FLOOR_FRAME_SAMPLES), capturedAt, false);
  }

  /** From the loudness of the frame before to `gain`, within `length` samples. */
  private fade(samples: Int16Array, gain: number, length: number): Int16Array {
    const from = this.gain;
    this.gain = gain;
    if (from === 1 && gain === 1) return samples;
    const step = (gain - from) / length;
    for (let i = 0; i < FLOOR_FRAME_SAMPLES; i++)
      this.faded[i] = (samples[i] ?? 0) * (i < length ? from + step * i : gain);
    return this.faded;
  }
}
