/** The loudest that is waited for, RMS: what stays below is drawn smaller. */
const LEAST_LOUD = 0.02;
/** The loudest of lately counts for half after this time, s: a quiet guide's mouth opens as wide. */
const FORGET_S = 3;
/** Less than this share of the loudest is no voice: the guide under a translation, the noise of a place. */
const CLOSED = 0.15;
/** It closes by half in this time, s; it opens at once. */
const CLOSE_S = 0.04;
/** So many steps are told apart, a pixel or so each: what is drawn changes no oftener, and drawing is what costs. */
const STEPS = 6;

/** How wide a mouth is open for what is heard. */
export class Mouth {
  /** 0 to 1. */
  opening = 0;
  private loudest = LEAST_LOUD;
  private exact = 0;

  /** @param level RMS, 0 to 1. @param seconds since the last one. */
  hear(level: number, seconds: number): void {
    this.loudest = Math.max(level, LEAST_LOUD, this.loudest * 0.5 ** (seconds / FORGET_S));
    const share = (level / this.loudest - CLOSED) / (1 - CLOSED);
    const wanted = share > 0 ? Math.sqrt(share) : 0;
    this.exact = Math.max(wanted, this.exact * 0.5 ** (seconds / CLOSE_S));
    this.opening = Math.round(this.exact * STEPS) / STEPS;
  }
}
