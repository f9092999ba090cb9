/** To the thread: an Opus packet of one stream; without it, the stream is over. */
export interface ToMp3 {
  readonly stream: number;
  readonly payload?: Uint8Array;
}

/** From the thread: what the stream goes on with. */
export interface FromMp3 {
  readonly stream: number;
  readonly bytes: Uint8Array;
}
