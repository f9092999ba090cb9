/** How long a sound check waits for what, ms. */
export interface SoundCheckTiming {
  /** For five seconds to be said. */
  readonly listenMs: number;
  /** For an interpreter to be ready; its ladder has to find out that a service is out of reach. */
  readonly readyMs: number;
  /** From the first word to the end of what a language has to say. */
  readonly answerMs: number;
  /** A voice that has paused for so long, after everything was said, has ended. */
  readonly pauseMs: number;
  /** What was heard is kept for the guide, and not longer. */
  readonly keepMs: number;
}

export const SOUND_CHECK_TIMING: SoundCheckTiming = {
  listenMs: 12_000,
  readyMs: 12_000,
  answerMs: 15_000,
  pauseMs: 1_500,
  keepMs: 300_000,
};
