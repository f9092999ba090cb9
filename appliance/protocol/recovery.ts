import * as z from 'zod/mini';

/** How a visitor's page gets its sound back, and what it tells of that; counted, never with a name. */

/** From the cheapest on. `fallback`: another way of sound. */
export const recoveryLevel = z.enum(['ice-restart', 'signaling-reset', 'full-reconnect', 'fallback']);
export type RecoveryLevel = z.infer<typeof recoveryLevel>;

/**
 * Why there is no sound, by what the phone and the box see; stable.
 * - `no-answer`: the box does not answer. `refused`: it answers, and takes no offer. `full`: it has no room, or no time.
 * - `unknown-here`: it does not know this visit any more. `hung-up`: it says that the connection is over.
 * - `udp-blocked`: none of the phone's checks is answered. `no-dtls`: they are, but no key comes of it.
 * - `ice-failed`: the browser has given the path up. `changed`: the phone has come back, or is in another network.
 * - `no-packets`: connected, the box sends, and nothing arrives. `no-sound`: packets, but the phone plays nothing.
 * - `clock`: the phone's clock is so wrong that nothing of it counts.
 */
export const recoveryCause = z.enum([
  'no-answer',
  'refused',
  'full',
  'unknown-here',
  'hung-up',
  'udp-blocked',
  'no-dtls',
  'ice-failed',
  'changed',
  'no-packets',
  'no-sound',
  'clock',
]);
export type RecoveryCause = z.infer<typeof recoveryCause>;

/** `back`: it is heard again. `another-way`: by another way of sound. `given-up`: the visitor stopped, or the tour did. */
export const recoveryOutcome = z.enum(['back', 'another-way', 'given-up']);
export type RecoveryOutcome = z.infer<typeof recoveryOutcome>;

/** `level`: that which ended it. `ms`: from the first sign to the end, at most a day. */
export const recoveryReport = z.object({
  type: z.literal('recovery'),
  level: recoveryLevel,
  cause: recoveryCause,
  outcome: recoveryOutcome,
  ms: z.number().check(z.int(), z.minimum(0), z.maximum(86_400_000)),
});
export type RecoveryReport = z.infer<typeof recoveryReport>;

/** From the visitor's tap to the first sound, told once; at most a minute. */
export const firstSoundReport = z.object({
  type: z.literal('first-sound'),
  ms: z.number().check(z.int(), z.minimum(0), z.maximum(60_000)),
});

/** The box's own view of a visitor's connection; without `seat` there is none. */
export const connectionView = z.object({
  /** The box's clock, ms since the epoch. */
  now: z.number(),
  seat: z.optional(
    z.object({
      state: z.enum(['connecting', 'connected', 'disconnected', 'closed']),
      /** Checks of the phone that have arrived (ICE), since the last restart. */
      checks: z.number(),
      /** Packets of sound that were sent. */
      packets: z.number(),
      /** Since the phone's last sign of life, ms. */
      silentMs: z.number(),
      /** For how long sound has been sent without a pause, ms; 0 in silence. */
      soundingMs: z.number(),
    }),
  ),
});
export type ConnectionView = z.infer<typeof connectionView>;
