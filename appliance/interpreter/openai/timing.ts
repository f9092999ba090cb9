/** How long the engine waits for what, in ms unless named otherwise. Tests shorten these. */
export interface OpenAiTiming {
  /** Least time between two sessions being opened, over all languages: a tour's start must not stampede. */
  readonly openingGapMs: number;
  /** From the start of the handshake until the session has taken its settings. */
  readonly openTimeoutMs: number;
  /** Each ping carries how much was sent; its pong proves that so much has arrived. */
  readonly pingMs: number;
  /** A ping unanswered for so long means that the session is lost. */
  readonly pongTimeoutMs: number;
  /** First and longest pause before connecting again; doubled each time, half of it random. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** A session that lived so long starts the pauses anew when it is lost. */
  readonly stableMs: number;
  /** How much unsent speech is kept while there is no session. */
  readonly keepMs: number;
  /** How much of what was already sent is sent again after a loss: {@link SentSpeech.resumeFrom} says why. */
  readonly replayMs: number;
  /** Kept speech is sent this many times faster than it was spoken. */
  readonly catchUp: number;
  /** No frame from the floor for so long: the interpreter sends silence by its own clock. */
  readonly silenceAfterMs: number;
  /** A session's life when the server names no end. */
  readonly lifetimeMs: number;
  /** A session is replaced so long before its end, or at half its life when that is shorter. */
  readonly rolloverLeadMs: number;
  /** How long a replacement waits for a pause in the speech, so as not to cut a word in two. */
  readonly switchPatienceMs: number;
  /** How long a replaced session may take to say its last words. */
  readonly drainMs: number;
  /** The same when the interpreter is stopped. */
  readonly stopMs: number;
  /** Caption lines end after so long without new text. */
  readonly captionQuietMs: number;
}

export const OPENAI_TIMING: OpenAiTiming = {
  openingGapMs: 300,
  openTimeoutMs: 15_000,
  pingMs: 1_000,
  pongTimeoutMs: 8_000,
  backoffMs: 1_000,
  backoffMaxMs: 16_000,
  stableMs: 10_000,
  keepMs: 30_000,
  replayMs: 2_000,
  catchUp: 4,
  silenceAfterMs: 400,
  lifetimeMs: 3_600_000,
  rolloverLeadMs: 300_000,
  switchPatienceMs: 10_000,
  drainMs: 10_000,
  stopMs: 3_000,
  captionQuietMs: 2_500,
};
