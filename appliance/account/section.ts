import * as z from 'zod/mini';
import type { DeviceState } from '../device/section.ts';
import { language } from '../protocol/views.ts';
import type { Section } from '../storage/section.ts';

/** Ms since the epoch, by the box's clock. */
const time = z.number();

/** Addresses and hashes are nobody's business: never log a record. */
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

/** What accounts read and change: their own sections, and when the box was claimed. */
export interface AccountState extends DeviceState {
  accounts: AccountRecord[];
  sessions: SessionRecord[];
}

const accounts: Section<AccountRecord[]> = { since: 2, schema: z.array(accountRecord), first: () => [] };
const sessions: Section<SessionRecord[]> = { since: 2, schema: z.array(sessionRecord), first: () => [] };

export const accountSections = { accounts, sessions };
