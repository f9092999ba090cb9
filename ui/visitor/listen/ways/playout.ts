import { timeBetween } from '../../../../appliance/protocol/sound-frame.ts';

const RATE = 48_000;
/** What waits before it is played, s: a Wi-Fi that stops for a moment is not heard. More where it has stopped for longer. */
const CUSHION = { least: 0.15, most: 0.35, grows: 1.6, shrinks: 0.9 } as const;
/** Nothing is put off for so long, s: then all of it is played sooner. */
const MOST_WAITING = 0.6;
/** So far from where it should be, the cushion is set anew at the next pause, s: clocks drift apart. */
const STRAY = 0.06;
/** So many frames in a row came too late, and the cushion is set anew at once. */
const LATE_IN_A_ROW = 3;

/** When each frame is to be played. What would come late is left out, not put off. */
export class Playout {
  /** The time of the timestamp of `anchor`, s on the player's clock. */
  private base = 0;
  private anchor: number | undefined;
  private lateInARow = 0;
  private cushion: number = CUSHION.least;

  /**
   * @param timestamp of the frame, 48 kHz
   * @param marker first after silence: nobody hears that time leaps there
   * @param now s on the player's clock
   * @returns when to play it, s on the same clock; undefined: not at all
   */
  timeOf({ timestamp, marker }: { timestamp: number; marker: boolean }, now: number): number | undefined {
    if (this.anchor === undefined) this.set(timestamp, now);
    const due = this.base + timeBetween(this.anchor ?? timestamp, timestamp) / RATE;
    const waiting = due - now;
    if (marker) this.cushion = Math.max(CUSHION.least, this.cushion * CUSHION.shrinks);
    if (marker && Math.abs(waiting - this.cushion) > STRAY) return this.set(timestamp, now);
    if (waiting > MOST_WAITING) return this.set(timestamp, now);
    if (waiting > 0) {
      this.lateInARow = 0;
      return due;
    }
    if (++this.lateInARow < LATE_IN_A_ROW) return undefined;
    this.cushion = Math.min(CUSHION.most, this.cushion * CUSHION.grows);
    return this.set(timestamp, now);
  }

  private set(timestamp: number, now: number): number {
    this.anchor = timestamp;
    this.lateInARow = 0;
    // On a sample of the player's: frames that follow one another meet without a click.
    this.base = Math.ceil((now + this.cushion) * RATE) / RATE;
    return this.base;
  }
}
