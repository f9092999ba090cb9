import type { Totals } from '../../quality/sound-looks.ts';

/** A player's own clock moves in steps; to be behind by less than that is none, ms. */
const STEP_MS = 250;

/**
 * A stream that goes on through silences is played as fast as time goes, or the player stands still; what it is behind
 * then it stays behind, unless it leaps.
 */
export class Standstills {
  private lookedAt: number;
  private stoodAt: number;
  /** Less where it stands by how long it has played, ms; and the most of it that was counted as standstill. */
  private behind = 0;
  private counted = 0;
  private readonly totals = { packets: 0, lost: 0, samples: 0, concealed: 0 };

  /** @param at where the player stands, s. @param now ms */
  constructor({ at, now }: { readonly at: number; readonly now: number }) {
    this.stoodAt = at;
    this.lookedAt = now;
  }

  look(at: number, now: number): Totals {
    const { totals } = this;
    const ms = now - this.lookedAt;
    const moved = (at - this.stoodAt) * 1_000;
    this.lookedAt = now;
    this.stoodAt = at;
    if (moved > 0) totals.packets++;
    totals.samples += Math.round(ms * 48);
    this.behind += ms - moved;
    const stood = this.behind - STEP_MS - this.counted;
    if (stood > 0) {
      this.counted += stood;
      totals.concealed += Math.round(Math.min(stood, ms) * 48);
    } else if (stood < -2 * STEP_MS) {
      this.behind = 0;
      this.counted = 0;
    }
    return { ...totals };
  }
}
