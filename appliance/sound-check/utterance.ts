import { FLOOR_FRAME_MS, FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';
import type { LevelMeter } from '../floor/level.ts';
import { SILENCE_DB } from '../floor/loudness.ts';
import type { VoiceActivity } from '../floor/voice-activity.ts';

/** What every language is tried with. */
export interface Utterance {
  /** Mono, 24 kHz, whole frames. */
  readonly samples: Int16Array;
  /** In which of its frames the first word begins. */
  readonly onsetFrame: number;
  /** From a sample spoken to the same sample here, beyond its frame's length, ms. */
  readonly captureMs: number;
  readonly level: Level;
}

/** DBFS: of the loudest tenth of a second, and of the highest sample. */
export interface Level {
  readonly rmsDb: number;
  readonly peakDb: number;
}

const SECONDS = 5;
/** Before the first word: a voice is known as one only after 60 ms of it, and an engine wants to hear the noise. */
const LEAD_FRAMES = 300 / FLOOR_FRAME_MS;

/** Waits for somebody to speak, and keeps five seconds of it. */
export class UtteranceListener {
  private readonly activity: VoiceActivity;
  private readonly meter: LevelMeter;
  private readonly samples = new Int16Array(SECONDS * FLOOR_RATE);
  private readonly lateness: number[] = [];
  private frames = 0;
  private onsetFrame: number | undefined;
  private rmsDb = SILENCE_DB;
  private peakDb = SILENCE_DB;

  constructor({ activity, meter }: { activity: VoiceActivity; meter: LevelMeter }) {
    this.activity = activity;
    this.meter = meter;
  }

  get level(): Level {
    return { rmsDb: this.rmsDb, peakDb: this.peakDb };
  }

  /**
   * @param samples 480; copied
   * @param lateMs how long ago its last sample was captured
   * @returns the utterance, once it is whole. A microphone that was held up gives several frames at once, and those
   *   after the last are not part of it.
   */
  hear(samples: Int16Array, lateMs = 0): Utterance | undefined {
    if (this.isWhole()) return this.end();
    if (this.meter.measure(samples)) {
      this.rmsDb = Math.max(this.rmsDb, this.meter.rmsDb);
      this.peakDb = Math.max(this.peakDb, this.meter.peakDb);
    }
    const voiced = this.activity.hear(samples);
    if (this.onsetFrame === undefined && !voiced && this.frames === LEAD_FRAMES) this.forgetOldest();
    this.samples.set(samples.subarray(0, FLOOR_FRAME_SAMPLES), this.frames * FLOOR_FRAME_SAMPLES);
    this.frames++;
    if (voiced) {
      this.onsetFrame ??= Math.max(0, this.frames - 60 / FLOOR_FRAME_MS);
      this.lateness.push(lateMs);
    }
    return this.isWhole() ? this.end() : undefined;
  }

  /** No more will come. Undefined: nobody has said anything. */
  end(): Utterance | undefined {
    if (this.onsetFrame === undefined) return undefined;
    return {
      samples: this.samples.subarray(0, this.frames * FLOOR_FRAME_SAMPLES),
      onsetFrame: this.onsetFrame,
      captureMs: this.lateness.toSorted((a, b) => a - b)[this.lateness.length >> 1] ?? 0,
      level: this.level,
    };
  }

  private isWhole(): boolean {
    return this.frames * FLOOR_FRAME_SAMPLES >= this.samples.length;
  }

  private forgetOldest(): void {
    this.samples.copyWithin(0, FLOOR_FRAME_SAMPLES, this.frames * FLOOR_FRAME_SAMPLES);
    this.frames--;
  }
}
