import * as z from 'zod/mini';

/** How well the sound arrives: what pages send of it, and what the box makes of that. */

/** The best first. `none`: of what was sent, nothing is heard. */
export const QUALITY_CLASSES = ['excellent', 'good', 'fair', 'poor', 'none'] as const;
export const qualityClass = z.enum(QUALITY_CLASSES);
export type QualityClass = (typeof QUALITY_CLASSES)[number];

const count = (most: number) => z.number().check(z.int(), z.minimum(0), z.maximum(most));

/** A piece of a page's sound, half a second or one long, as getStats() has it (W3C webrtc-stats, RTCInboundRtpStreamStats). */
const soundSpan = z.object({
  /** How long it was. */
  ms: count(10_000),
  packets: count(10_000),
  /** Packets that did not come (RFC 3550, 6.4.1). */
  lost: count(10_000),
  /** Samples played, and those of them that were invented and could be heard: concealed, and not silent. */
  samples: count(10_000_000),
  concealed: count(10_000_000),
});
export type SoundSpan = z.infer<typeof soundSpan>;

/** Why a page does less than it could: to spare the phone. */
export const sparing = z.enum(['battery', 'data', 'memory', 'network']);
export type Sparing = z.infer<typeof sparing>;

/** What a page sends of its sound; one in five seconds counts. */
export const statsReport = z.object({
  type: z.literal('stats'),
  /** The latest last, without a gap. */
  spans: z.array(soundSpan).check(z.minLength(1), z.maxLength(40)),
  /** Since the last of them, ms. */
  agoMs: count(10_000),
  sparing: z.optional(sparing),
});
export type StatsReport = z.infer<typeof statsReport>;
