/** The floor carries mono s16le PCM at 24 kHz in frames of 20 ms: what the models hear and what Opus takes. */
export const FLOOR_RATE = 24_000;
export const FLOOR_FRAME_MS = 20;
export const FLOOR_FRAME_SAMPLES = 480;

/** A frame in which there is nothing. Not to be written to. */
export const NO_SOUND: Int16Array = new Int16Array(FLOOR_FRAME_SAMPLES);

/**
 * One frame on the floor. `samples` is valid only during the call that delivers it (the source reuses the
 * buffer): who keeps it copies it.
 */
export interface FloorFrame {
  readonly samples: Int16Array;
  /** When its last sample was captured, in ms of `performance.now()`. */
  readonly capturedAt: number;
  /** True when the floor made this frame itself: muted, paused, or nothing to send. All its samples are zero. */
  readonly blank: boolean;
  /** Somebody is speaking, or has been until a moment ago: the gaps within a sentence are still speech. */
  readonly voiced: boolean;
}
