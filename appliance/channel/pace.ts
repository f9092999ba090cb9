/** So much speech may wait before anything is done about it, ms. */
const HURRIED_MS = 1_500;
/** From here on it is said faster, the more the further, as fast as `QUICK_TEMPO` by `FAST_MS`. */
const QUICK_MS = 4_000;
const FAST_MS = 6_000;
/** From here on it is said as fast as it may be, until this much has been caught up: what waits comes in bursts. */
const TOO_FAR_MS = 8_000;
const NEAR_MS = 5_000;
const QUICK_TEMPO = 1.15;
const FASTEST_TEMPO = 1.25;
/** More than this for so long, and sentences are left out, ms. */
const LOST_MS = 12_000;
const LOST_FOR_MS = 3_000;
/** The most that the tempo changes in a second: nobody is to notice it. */
const CHANGE_PER_S = 0.05;

/** How a voice that is behind catches up: shorter pauses first, then a little faster, and at last not everything. */
export class Pace {
  /** 1 as the model speaks, 1.25 at most. */
  tempo = 1;
  /** Pauses are to be shortened. */
  hurried = false;
  private lostForMs = 0;
  private tooFar = false;

  /** It will not be caught up with: sentences are to be left out. */
  get lost(): boolean {
    return this.lostForMs >= LOST_FOR_MS;
  }

  /** `queuedMs` of speech wait, and have for `elapsedMs`. */
  keep(queuedMs: number, elapsedMs: number): void {
    const change = (CHANGE_PER_S * elapsedMs) / 1_000;
    this.tooFar = queuedMs >= TOO_FAR_MS || (this.tooFar && queuedMs > NEAR_MS);
    const wanted = this.tooFar ? FASTEST_TEMPO : tempoFor(queuedMs);
    this.tempo = Math.min(this.tempo + change, Math.max(this.tempo - change, wanted));
    this.hurried = queuedMs >= HURRIED_MS;
    this.lostForMs = queuedMs > LOST_MS ? this.lostForMs + elapsedMs : 0;
  }

  /** Sentences were left out. */
  caughtUp(): void {
    this.lostForMs = 0;
  }

  /** There is nothing to be said, or it begins anew. */
  rest(): void {
    this.tempo = 1;
    this.hurried = false;
    this.tooFar = false;
    this.lostForMs = 0;
  }
}

function tempoFor(queuedMs: number): number {
  const share = Math.min(1, Math.max(0, (queuedMs - QUICK_MS) / (FAST_MS - QUICK_MS)));
  return 1 + (QUICK_TEMPO - 1) * share;
}
