import { timeBetween } from '../../../../appliance/protocol/sound-frame.ts';

const RATE = 48_000;
/** What waits before it is played, s: a Wi-Fi that stops for a moment is not heard. */
const CUSHION = 0.15;
/** A frame that would come so much later than it must goes unheard, and so do those after it, s. */
const MOST_WAITING = 0.4;
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
    if (marker && Math.abs(waiting - CUSHION) > STRAY) return this.set(timestamp, now);
    if (waiting > MOST_WAITING) return this.set(timestamp, now);
    if (waiting > 0) {
      this.lateInARow = 0;
      return due;
    }
    if (++this.lateInARow < LATE_IN_A_ROW) return undefined;
    return this.set(timestamp, now);
  }

  private set(timestamp: number, now: number): number {
    this.anchor = timestamp;
    this.lateInARow = 0;
    // On a sample of the player's: frames that follow one another meet without a click.
    this.base = Math.ceil((now + CUSHION) * RATE) / RATE;
    return this.base;
  }
}
