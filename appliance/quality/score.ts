import type { QualityClass } from '../protocol/quality.ts';

/** What was heard of some time in which the box was sending all along. */
export interface Heard {
  /** Share of the sound that was audibly invented, 0 to 1. */
  readonly heardLoss: number;
  /** Share of the packets that did not come, 0 to 1. */
  readonly packetLoss: number;
  /** Silences of more than a second. */
  readonly silences: number;
  /** Nothing came at all. */
  readonly nothing: boolean;
}

const BEST = 100;
const PER_HEARD_LOSS = 800;
const PER_SILENCE = 20;
/** The share of the way to a new verdict that is gone at once: a bad one is believed sooner. */
const FALLS = 0.7;
const RISES = 0.4;
const LOWEST: readonly (readonly [QualityClass, number])[] = [
  ['excellent', 90],
  ['good', 75],
  ['fair', 50],
];

/** How well one phone hears, 0 to 100. There is no term for delay: nobody answers. */
export function scoreOf({ heardLoss, silences, nothing }: Omit<Heard, 'packetLoss'>): number {
  if (nothing) return 0;
  return Math.min(BEST, Math.max(0, BEST - PER_HEARD_LOSS * heardLoss - PER_SILENCE * silences));
}

/** The score goes from `before` towards a new verdict: falls fast, rises slowly. The first one counts whole. */
export function follow(before: number | undefined, verdict: number): number {
  if (before === undefined) return verdict;
  return before + (verdict < before ? FALLS : RISES) * (verdict - before);
}

export function classOf(score: number, nothing = false): QualityClass {
  if (nothing) return 'none';
  return LOWEST.find(([, least]) => score >= least)?.[0] ?? 'poor';
}

/**
 * What is probably heard of the loss that receiver reports tell (RFC 3550, 6.4.1), where there is no page that measures
 * it. In-band FEC hides about a third, redundancy half, both two thirds: the weights of LiveKit's scorer.go over 8.
 */
export function guessedLoss(fractionLost: number, redundant: boolean): number {
  return fractionLost * (redundant ? 2.7 / 8 : 5.3 / 8);
}

/** The middle one, the lower of two. Undefined of none. */
export function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

/** As it is told: to a tenth of a percent. */
export function roundedShare(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
