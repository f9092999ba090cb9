export interface ProgramTiming {
  /** How long a program may take to load. */
  readonly loadMs: number;
  /** How long a program may take to answer, and how much longer per second of speech, before it counts as hung. */
  readonly answerMs: number;
  readonly answerMsPerSecond: number;
  /** Pauses between attempts to start a program again grow from the first to the last, each with jitter. */
  readonly firstRetryMs: number;
  readonly lastRetryMs: number;
  /** How long `stop()` waits for what is under way. */
  readonly stopMs: number;
}

/** Loose enough for a board ten times slower than a desk computer. */
export const PROGRAM_TIMING: ProgramTiming = {
  loadMs: 20_000,
  answerMs: 5_000,
  answerMsPerSecond: 2_000,
  firstRetryMs: 1_000,
  lastRetryMs: 16_000,
  stopMs: 5_000,
};
