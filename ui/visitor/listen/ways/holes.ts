import type { Totals } from '../../quality/sound-looks.ts';

const RATE = 48_000;

/** The holes in what is played frame by frame: every one was heard, for nothing fills it. */
export class Holes {
  private readonly totals = { packets: 0, lost: 0, samples: 0, concealed: 0 };
  /** Until when there is something to play, s on the player's clock. */
  private until: number | undefined;

  get played(): Totals {
    return { ...this.totals };
  }

  /**
   * A frame has come.
   * @param at when it is played, s on the player's clock; nothing: it came too late
   * @param duration s
   * @param marker first after silence: what is missing before it is no hole
   */
  take({ at, duration, marker }: { at: number | undefined; duration: number; marker: boolean }): void {
    const { totals } = this;
    if (marker) this.until = undefined;
    if (at === undefined) {
      totals.lost++;
      return;
    }
    const hole = this.until === undefined ? 0 : Math.max(0, at - this.until);
    totals.packets++;
    totals.samples += Math.round((hole + duration) * RATE);
    totals.concealed += Math.round(hole * RATE);
    this.until = at + duration;
  }

  /** What follows is another stream. */
  forget(): void {
    this.until = undefined;
  }
}
