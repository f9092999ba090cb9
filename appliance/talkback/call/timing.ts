/** How long a private call waits for what, ms. Tests shorten these. */
export interface CallTiming {
  /** Nobody has taken it. */
  readonly ringMs: number;
  readonly longestMs: number;
  /** A page that is away for so long has left: a phone that changes its network is back by then. */
  readonly awayMs: number;
  /** Who is connected and sends nothing for so long is gone. */
  readonly silentMs: number;
  /** The same before their first sound: they may be asked first whether they allow the microphone. */
  readonly connectMs: number;
  /** How it has ended is told for so long. */
  readonly toldMs: number;
}

export const CALL_TIMING: CallTiming = {
  ringMs: 60_000,
  longestMs: 300_000,
  awayMs: 1_500,
  silentMs: 1_500,
  connectMs: 15_000,
  toldMs: 15_000,
};
