import { jwtVerify, SignJWT } from 'jose';
import { nanoid } from 'nanoid';
import * as z from 'zod/mini';
import { UbizoError } from '../protocol/errors.ts';

/** Who is calling, proven by a token that this box has signed. */
export type Identity =
  | { readonly role: 'guide' }
  | {
      readonly role: 'attendee';
      readonly id: string;
      readonly tour: string;
      readonly language: string;
      readonly name?: string | undefined;
    };

const identity = z.discriminatedUnion('role', [
  z.object({ role: z.literal('guide') }),
  z.object({
    role: z.literal('attendee'),
    id: z.string(),
    tour: z.string(),
    language: z.string(),
    name: z.optional(z.string()),
  }),
]);

const LIFETIME = { guide: '12h', attendee: '24h' } as const;
const ISSUER = 'ubizo';

/** Signs and checks tokens (JWT, RFC 7519, HS256: the box is the only one that reads them). */
export class Tokens {
  private readonly key: Uint8Array;

  constructor({ key }: { key: string }) {
    this.key = Buffer.from(key, 'base64url');
  }

  async issue(who: Identity): Promise<string> {
    return new SignJWT({ ...who })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(who.role)
      .setJti(nanoid())
      .setIssuedAt()
      .setExpirationTime(LIFETIME[who.role])
      .sign(this.key);
  }

  /** @throws UbizoError `token_invalid`: forged, expired, or meant for another role. */
  async verify<R extends Identity['role']>(token: string, role: R): Promise<Extract<Identity, { role: R }>> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer: ISSUER,
        audience: role,
        algorithms: ['HS256'],
      });
      return identity.parse(payload) as Extract<Identity, { role: R }>;
    } catch (error) {
      throw new UbizoError('token_invalid', 'This pass is no longer valid; join again.', { cause: error });
    }
  }
}
