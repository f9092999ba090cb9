import type { StatsReport } from '../protocol/quality.ts';
import type { Heard } from './score.ts';

/** A verdict's ground: so much of it was judged, ms. */
export interface Judged extends Heard {
  readonly ms: number;
}

/** What is sent is heard a little later, and when sending ends a player invents sound until it has faded, ms. */
const LATER_MS = 500;
/** Less is too little for a verdict, ms. */
const LEAST_MS = 2_000;
/** A silence of a second, as a page sees it that looks twice a second, ms. */
const SILENCE_MS = 900;

/**
 * What a page has heard of what it was sent. Only times count in which the box was sending without a pause: what is
 * invented while nothing is sent says nothing of the network.
 * @param now ms of `performance.now()`
 * @param sounded whether the box was sending all the time between two moments
 * @returns nothing when there was too little of it, or the page plays nothing
 */
export function heardOf(
  { spans, agoMs }: StatsReport,
  now: number,
  sounded: (from: number, to: number) => boolean,
): Judged | undefined {
  const sum = { ms: 0, packets: 0, lost: 0, samples: 0, concealed: 0 };
  let silences = 0;
  let silentMs = 0;
  let end = now - agoMs;
  for (const span of spans.toReversed()) {
    const start = end - span.ms;
    const counts = sounded(start - LATER_MS, end);
    const before = silentMs;
    silentMs = counts && span.packets === 0 ? silentMs + span.ms : 0;
    if (silentMs >= SILENCE_MS && before < SILENCE_MS) silences++;
    if (counts) {
      sum.ms += span.ms;
      sum.packets += span.packets;
      sum.lost += span.lost;
      sum.samples += span.samples;
      sum.concealed += Math.min(span.concealed, span.samples);
    }
    end = start;
  }
  const nothing = sum.packets === 0;
  if (sum.ms < LEAST_MS || (!nothing && sum.samples === 0)) return undefined;
  return {
    ms: sum.ms,
    heardLoss: sum.samples === 0 ? 0 : sum.concealed / sum.samples,
    packetLoss: nothing ? 1 : sum.lost / (sum.packets + sum.lost),
    silences,
    nothing,
  };
}
