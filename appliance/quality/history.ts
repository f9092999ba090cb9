import type { QualityMoment } from '../protocol/quality-view.ts';

/** An hour of moments, one in five seconds. */
const KEPT = 720;

/** How the phones of a tour have heard in the last hour. In memory only. */
export class History {
  private readonly moments: QualityMoment[] = [];

  /** @param moment later than the one before */
  add(moment: QualityMoment): void {
    this.moments.push(moment);
    if (this.moments.length > KEPT) this.moments.shift();
  }

  /** The oldest first. */
  since(at: number): QualityMoment[] {
    return this.moments.filter((moment) => moment.at >= at);
  }
}
