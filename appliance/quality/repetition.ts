import type { RedundancyDistance } from '../peer/rtp-stream.ts';
import type { AdaptationReason } from '../protocol/quality-view.ts';
import type { Judged } from './heard.ts';

/** Heard loss above which packets repeat one frame more, and above which they repeat all that they can. */
const MORE = 0.01;
const MOST = 0.04;
/** Of the packets, and of the sound: less than that is clean. */
const CLEAN = 0.005;
/** For so long, ms of judged sound. */
const CLEAN_MS = 60_000;

/**
 * How many earlier frames one phone's packets repeat: more as soon as five seconds were bad, fewer after a clean minute.
 * Clean is a network that loses nothing: where repetition is what keeps a loss from being heard, it stays.
 */
export class Repetition {
  distance: RedundancyDistance = 1;
  reason: AdaptationReason = 'usual';
  private cleanMs = 0;

  /** @param measured by the phone's page. Without, the loss is a guess, and one frame is always repeated */
  take({ heardLoss, packetLoss, nothing, ms }: Judged, measured: boolean): void {
    // Where nothing arrives no packet is better than another.
    if (nothing) return;
    const wanted = this.wanted(heardLoss, packetLoss);
    if (wanted > this.distance) {
      this.distance = wanted;
      this.reason = 'loss';
    }
    const clean = packetLoss < CLEAN && heardLoss < CLEAN;
    this.cleanMs = clean ? this.cleanMs + ms : 0;
    const least = measured ? 0 : 1;
    if (this.cleanMs < CLEAN_MS || this.distance <= least) return;
    this.distance = this.distance === 2 ? 1 : 0;
    this.reason = 'clean';
    this.cleanMs = 0;
  }

  private wanted(heardLoss: number, packetLoss: number): RedundancyDistance {
    if (heardLoss > MOST) return 2;
    if (heardLoss > MORE) return this.distance === 0 ? 1 : 2;
    return packetLoss > MORE && this.distance === 0 ? 1 : this.distance;
  }
}
