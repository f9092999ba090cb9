/** Quiet for this long, and the next voice begins a new stretch, ms. */
const STRETCH_GAP_MS = 1_000;
/** A stretch that is answered later than this was not answered at all, ms. */
const LONGEST_MS = 20_000;

/** How long after the guide begins to speak the interpreter does: measured stretch by stretch, smoothed. */
export class Lag {
  private lastVoiceAt = -Infinity;
  private lastSpeechAt = -Infinity;
  private stretchBeganAt: number | undefined;
  private smoothedMs = 0;

  get ms(): number {
    return this.smoothedMs;
  }

  /** The guide is speaking. `now`: ms of `performance.now()`. */
  voiced(now: number): void {
    if (now - this.lastVoiceAt > STRETCH_GAP_MS && now - this.lastSpeechAt > STRETCH_GAP_MS)
      this.stretchBeganAt = now;
    this.lastVoiceAt = now;
  }

  /** The interpreter has spoken; `queuedMs` of its earlier speech must be heard first. */
  spoken(now: number, queuedMs = 0): void {
    if (this.stretchBeganAt !== undefined) {
      const lag = now - this.stretchBeganAt + queuedMs;
      this.stretchBeganAt = undefined;
      if (lag < LONGEST_MS)
        this.smoothedMs = this.smoothedMs === 0 ? lag : this.smoothedMs + (lag - this.smoothedMs) / 3;
    }
    this.lastSpeechAt = now;
  }
}
