import * as z from 'zod/mini';

const share = z.number();

/** How the box was at one moment of the last hour. What was not known then is missing. */
const boxSample = z.object({
  /** ms since the epoch. */
  at: z.number(),
  /** Phones that are sent sound. */
  listeners: z.number(),
  /** Share of the phones of which there is a verdict that hear well, 0 to 1. */
  hearWell: z.optional(share),
  /** Of the translation that is furthest behind its guide, ms. */
  lagMs: z.optional(z.number()),
  /** Share of the time that the machine's cores were at work, 0 to 1. */
  cpu: z.optional(share),
  /** The same of the busiest thread of the box: no core can do more for it. */
  thread: z.optional(share),
  packetsPerSecond: z.number(),
  temperatureC: z.optional(z.number()),
  /** Over the uplink, kbit/s. */
  upKbps: z.optional(z.number()),
  downKbps: z.optional(z.number()),
});
export type BoxSample = z.infer<typeof boxSample>;

/** Oldest first, at most an hour of them. */
export const lastHourView = z.object({ everyMs: z.number(), samples: z.array(boxSample) });
export type LastHourView = z.infer<typeof lastHourView>;

/** What a box can run out of. */
const resource = z.enum([
  'processor',
  'listeners',
  'air',
  'access-point',
  'uplink',
  'heat',
  'storage',
  'money',
]);
export type Resource = z.infer<typeof resource>;

/** `used`: the share of it that is in use, 0 to 1 and, where it is overdone, more. */
export const narrowestView = z.object({ of: resource, used: z.number() });
export type NarrowestView = z.infer<typeof narrowestView>;
