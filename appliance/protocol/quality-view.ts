import * as z from 'zod/mini';
import { qualityClass, sparing } from './quality.ts';

/** How well the sound arrives, as its guide sees it. */

const share = z.number();

/** Why a phone's packets repeat more or fewer earlier frames, or why a channel is at its level. */
const adaptationReason = z.enum([
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
  /**
   * By the phone's own page. Guessed: where sound comes over TCP (a WebSocket, MP3), from the holes in what the page
   * plays (`playout`); without a page by receiver reports (RTCP).
   */
  by: z.enum(['page', 'playout', 'receiver-reports']),
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
