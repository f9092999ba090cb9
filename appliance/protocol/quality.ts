import * as z from 'zod/mini';

/** How well the sound arrives: what pages send of it, and what the box makes of that. */

/** The best first. `none`: of what was sent, nothing is heard. */
export const QUALITY_CLASSES = ['excellent', 'good', 'fair', 'poor', 'none'] as const;
export const qualityClass = z.enum(QUALITY_CLASSES);
export type QualityClass = (typeof QUALITY_CLASSES)[number];

const count = (most: number) => z.number().check(z.int(), z.minimum(0), z.maximum(most));

/** A piece of a page's sound, half a second or one long, as getStats() has it (W3C webrtc-stats, RTCInboundRtpStreamStats). */
export const soundSpan = z.object({
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

const share = z.number();

/** Why a phone's packets repeat more or fewer earlier frames, or why a channel is at its level. */
export const adaptationReason = z.enum([
  /** As it begins. */
  'usual',
  /** Sound was missing. */
  'loss',
  /** Nothing was for a good while. */
  'clean',
  /** The player takes no redundancy. */
  'unsupported',
]);
export type AdaptationReason = z.infer<typeof adaptationReason>;

const phoneQuality = z.object({
  /** The attendee's. */
  id: z.string(),
  name: z.optional(z.string()),
  language: z.string(),
  class: qualityClass,
  /** 0 to 100. */
  score: z.number(),
  /** By the phone's own page, or, without one, by receiver reports (RTCP): then it is a guess. */
  by: z.enum(['page', 'receiver-reports']),
  /** Share of the sound that was audibly invented, 0 to 1. */
  heardLoss: share,
  /** How many earlier frames each packet repeats. */
  distance: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  reason: adaptationReason,
  sparing: z.optional(sparing),
});
export type PhoneQuality = z.infer<typeof phoneQuality>;

const channelQuality = z.object({
  language: z.string(),
  /** 1: the most of sound, to 5: the least that is understood. */
  level: z.number(),
  reason: adaptationReason,
  /** Phones with a verdict. */
  phones: z.number(),
  /** Of these, the median; 0 without any. */
  heardLoss: share,
});
export type ChannelQuality = z.infer<typeof channelQuality>;

/** Phones by class. */
const distribution = z.record(qualityClass, z.number());
export type Distribution = z.infer<typeof distribution>;

const now = {
  distribution,
  /** Of all phones with a verdict; missing: there is none. */
  medianScore: z.optional(z.number()),
  /** The ten with the lowest score that are fair or worse. */
  worst: z.array(phoneQuality),
  /** Phones that lose sound at the same time: `some` of them, or `most`, and then it is not where they are. */
  together: z.optional(z.object({ phones: z.number(), who: z.enum(['some', 'most']) })),
  channels: z.array(channelQuality),
};

/** How the phones of a tour hear just now. */
export const qualityNow = z.object(now);
export type QualityNow = z.infer<typeof qualityNow>;

/** How they did at one time. */
const qualityMoment = z.object({
  /** Ms since the epoch. */
  at: z.number(),
  medianScore: z.number(),
  /** Median, 0 to 1. */
  heardLoss: share,
  distribution,
});
export type QualityMoment = z.infer<typeof qualityMoment>;

/** With the last hour, the oldest first: one entry in five seconds in which there was a verdict. */
export const qualityView = z.object({ ...now, history: z.array(qualityMoment) });
export type QualityView = z.infer<typeof qualityView>;
