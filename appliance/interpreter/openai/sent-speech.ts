/** Less than 100 ms cannot be committed. */
const LEAST_COMMITTED = 2_400;

/** How much of the floor a session was sent; positions are counted in samples. */
export class SentSpeech {
  private first: number | undefined;
  private sent = 0;
  private arrived = 0;
  private bounded = 0;

  /** After the last sample that was sent. */
  get position(): number {
    return this.sent;
  }

  /** The position of the first sample that will be sent. */
  startAt(position: number): void {
    this.first = position;
    this.sent = position;
    this.arrived = position;
    this.bounded = position;
  }

  /** @returns how many samples that were. */
  send(upTo: number): number {
    const samples = upTo - this.sent;
    this.sent = upTo;
    return samples;
  }

  /** The server has everything before `position`. */
  confirm(position: number): void {
    if (position > this.arrived && position <= this.sent) this.arrived = position;
  }

  /** What was sent since the last boundary is a piece of its own. @returns false where it is too short for one. */
  bound(): boolean {
    if (this.sent - this.bounded < LEAST_COMMITTED) return false;
    this.bounded = this.sent;
    return true;
  }

  /**
   * Where the next session must begin so that no word is missing after this one was lost. Two things are sent
   * again: what no pong has confirmed, for it may never have arrived; and the last `replayMs`, for a model needs
   * longer than that to answer (5 s in the median), so their translation cannot have been heard yet. The
   * server may thus receive some speech twice, the listeners hear it once. Undefined: it was never sent any.
   */
  resumeFrom(replaySamples: number): number | undefined {
    if (this.first === undefined) return undefined;
    return Math.max(this.first, Math.min(this.arrived, this.sent - replaySamples));
  }
}
