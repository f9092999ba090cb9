import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, SignJWT } from 'jose';
import { nanoid } from 'nanoid';
import * as z from 'zod/mini';
import type { SigningKey } from '../device/section.ts';
import { UbizoError } from '../protocol/errors.ts';

/** What a token of this box says, by who shows it (its audience). */
export interface Passes {
  /** Who typed the setup code, on a box that nobody has claimed yet. */
  readonly setup: object;
  /** Who has signed in: an account, by one of its sessions. */
  readonly account: { readonly account: string; readonly session: string };
  /** Who has joined a tour. `name` is personal data. */
  readonly attendee: {
    readonly id: string;
    readonly tour: string;
    readonly language: string;
    readonly name?: string | undefined;
  };
}
export type PassKind = keyof Passes;
export type AttendeePass = Passes['attendee'];

const SCHEMAS = {
  setup: z.object({}),
  account: z.object({ account: z.string(), session: z.string() }),
  attendee: z.object({
    id: z.string(),
    tour: z.string(),
    language: z.string(),
    name: z.optional(z.string()),
  }),
} as const;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** How long each is good, seconds. */
export const LIFETIME_S = { setup: 12 * HOUR, account: 15 * MINUTE, attendee: 24 * HOUR } as const;
const ISSUER = 'ubizo';
const ALGORITHM = 'HS256';

export interface TokensOptions {
  readonly keys: { readonly current: SigningKey; find(id: string | undefined): SigningKey | undefined };
  /** Ms since the epoch; never goes back. */
  readonly clock: { now(): number };
}

/** Signs and checks tokens (JWT, RFC 7519, HS256: the box is the only one that reads them). */
export class Tokens {
  private readonly options: TokensOptions;

  constructor(options: TokensOptions) {
    this.options = options;
  }

  async issue<K extends PassKind>(kind: K, pass: Passes[K]): Promise<string> {
    const { keys, clock } = this.options;
    const { id, key } = keys.current;
    const now = Math.floor(clock.now() / 1_000);
    return new SignJWT({ ...pass })
      .setProtectedHeader({ alg: ALGORITHM, kid: id })
      .setIssuer(ISSUER)
      .setAudience(kind)
      .setJti(nanoid())
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME_S[kind])
      .sign(Buffer.from(key, 'base64url'));
  }

  /** @throws UbizoError `token_invalid`: forged, expired, or of another kind. */
  async verify<K extends PassKind>(kind: K, token: string): Promise<Passes[K]> {
    return (await this.read(kind, token)).pass;
  }

  /** The same, with how long it is still good, ms. */
  async read<K extends PassKind>(kind: K, token: string): Promise<{ pass: Passes[K]; leftMs: number }> {
    const now = this.options.clock.now();
    try {
      const payload = await this.payload(kind, token, new Date(now));
      return { pass: parsed(kind, payload), leftMs: (payload.exp ?? 0) * 1_000 - now };
    } catch (error) {
      throw invalid(error);
    }
  }

  /** The same for one that has expired: what it was good for may be ended by it. @throws UbizoError `token_invalid`. */
  async verifyExpired<K extends PassKind>(kind: K, token: string): Promise<Passes[K]> {
    try {
      return parsed(kind, await this.payload(kind, token, new Date(0)));
    } catch (error) {
      throw invalid(error);
    }
  }

  private async payload(kind: PassKind, token: string, currentDate: Date): Promise<JWTPayload> {
    const key = this.options.keys.find(decodeProtectedHeader(token).kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    const { payload } = await jwtVerify(token, Buffer.from(key.key, 'base64url'), {
      issuer: ISSUER,
      audience: kind,
      algorithms: [ALGORITHM],
      requiredClaims: ['exp', 'iat', 'jti'],
      currentDate,
    });
    return payload;
  }
}

function parsed<K extends PassKind>(kind: K, payload: JWTPayload): Passes[K] {
  return SCHEMAS[kind].parse(payload) as Passes[K];
}

function invalid(cause: unknown): UbizoError {
  return new UbizoError('token_invalid', 'This pass is no longer valid; join again.', { cause });
}
