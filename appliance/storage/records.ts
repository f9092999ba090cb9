import * as z from 'zod/mini';
import { language } from '../protocol/views.ts';
import { tourRecord } from '../tour/record.ts';

/**
 * What the state file holds, section by section. Times are ms since the epoch by the box's clock, except in
 * tours (ISO 8601). Hashes, keys and addresses are nobody's business: never log a record.
 */

const time = z.number();

const accountRecord = z.object({
  id: z.string(),
  /** As it is compared: trimmed, lower case. */
  email: z.string(),
  name: z.optional(z.string()),
  role: z.enum(['owner', 'guide', 'attendee']),
  /** argon2id in PHC string format. */
  passwordHash: z.string(),
  /** `waiting`: for the owner's approval. `locked`: by the owner; lockouts after wrong passwords are not stored. */
  status: z.enum(['active', 'waiting', 'locked']),
  /** What they listened to last. */
  language: z.optional(language),
  createdAt: time,
});
export type AccountRecord = z.infer<typeof accountRecord>;

/** How many of a family's used refresh tokens are remembered, to tell a stolen one from an unknown one. */
const MAX_USED_HASHES = 16;

/** One sign-in: a family of refresh tokens (RFC 9700, 4.14.2), of which only the newest is good. */
const sessionRecord = z.object({
  /** The family. */
  id: z.string(),
  /** Whose: an id of accounts. */
  account: z.string(),
  /** SHA-256 of the refresh token that is good, base64url. */
  tokenHash: z.string(),
  /** SHA-256 of those before it, the newest last. */
  usedHashes: z.array(z.string()).check(z.maxLength(MAX_USED_HASHES)),
  createdAt: time,
  rotatedAt: time,
  expiresAt: time,
});
export type SessionRecord = z.infer<typeof sessionRecord>;

const retention = z.object({
  /** Days that a transcript is kept; 0: none is made. */
  transcriptDays: z.number().check(z.int(), z.minimum(0), z.maximum(3_650)),
  recordings: z.boolean(),
});

const signingKey = z.object({
  /** `kid` of the tokens that it signs. */
  id: z.string(),
  /** 32 bytes, base64url. */
  key: z.string(),
  createdAt: time,
});
export type SigningKey = z.infer<typeof signingKey>;

const deviceRecord = z.object({
  name: z.string(),
  /** Proves that who sets the box up holds it; printed at the start and on the label. */
  setupCode: z.string(),
  /** The owner has asked for another than that of the settings. */
  setupCodeIsOwners: z.optional(z.boolean()),
  /** When the first owner's account was made. */
  claimedAt: z.optional(time),
  /** The newest last: it signs; the others still verify. */
  signingKeys: z.array(signingKey).check(z.minLength(1)),
  openaiKey: z.optional(z.string()),
  /** Per tour, US dollars. */
  spendCapUsd: z.optional(z.number().check(z.minimum(0))),
  retention,
  passwordsOverHttp: z.boolean(),
  /** The latest time that this box has seen: after a power cut its clock may stand anywhere before it. */
  latestTime: time,
  /** The same, but for what cannot be undone: only of clocks that have held. */
  sureTime: time,
});
export type DeviceRecord = z.infer<typeof deviceRecord>;

export const STATE_VERSION = 2;

export const stateRecord = z.object({
  version: z.literal(STATE_VERSION),
  /** One more with each write: tells which of two files is the newer. */
  revision: z.number().check(z.int(), z.minimum(0)),
  device: deviceRecord,
  accounts: z.array(accountRecord),
  sessions: z.array(sessionRecord),
  tours: z.array(tourRecord),
  /** Tours that were deleted, of which transcripts may be left. */
  erasing: z.array(z.string()),
});
export type StateRecord = z.infer<typeof stateRecord>;

/** What a change may touch; version and revision are the storage's own. */
export type StateDraft = Pick<StateRecord, 'device' | 'accounts' | 'sessions' | 'tours' | 'erasing'>;
