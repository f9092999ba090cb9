import * as z from 'zod/mini';

/** A STUN or TURN server as browsers take it (RTCIceServer). */
export const iceServer = z.object({
  urls: z.string(),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});
export type IceServer = z.infer<typeof iceServer>;
