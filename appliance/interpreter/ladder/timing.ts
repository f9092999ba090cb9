/** How long a ladder waits for what, ms. Tests shorten these. */
export interface LadderTiming {
  /** A rung that has just been begun and reports that it cannot be reached may take so long. */
  readonly openMs: number;
  /** One that was heard already, or says nothing at all, may be away for so long. */
  readonly awayMs: number;
  /** How long a trial may take. */
  readonly trialMs: number;
  /** First pause before a lost rung is tried again; doubled each time, half of it random. */
  readonly backoffMs: number;
  /** The longest pause, where a server is out of reach. */
  readonly backoffMaxMs: number;
  /** The same where a person must mend it, and of a rung that comes back only to fail again. */
  readonly backoffLastingMs: number;
  /** A rung that was sound for so long begins the pauses anew. */
  readonly steadyMs: number;
  /** How long a better rung waits for a pause in the guide's speech before it takes over. */
  readonly patienceMs: number;
}

export const LADDER_TIMING: LadderTiming = {
  openMs: 5_000,
  awayMs: 10_000,
  trialMs: 5_000,
  backoffMs: 5_000,
  backoffMaxMs: 20_000,
  backoffLastingMs: 300_000,
  steadyMs: 60_000,
  patienceMs: 8_000,
};
