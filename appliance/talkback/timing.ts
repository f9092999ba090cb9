/** How long the way to the guide waits for what, ms. Tests shorten these. */
export interface TalkbackTiming {
  /** Nobody has spoken for so long: whoever interprets is not paid any longer. */
  readonly idleMs: number;
  /** Nothing more was written of what was said. */
  readonly quietMs: number;
  /** The same while the next one speaks already: their words come right behind. */
  readonly hurriedMs: number;
  /** Nothing at all was written of it. */
  readonly latestMs: number;
}

export const TALKBACK_TIMING: TalkbackTiming = {
  idleMs: 20_000,
  quietMs: 2_500,
  hurriedMs: 1_200,
  latestMs: 12_000,
};
