import { createHmac, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly credential: string;
}

/**
 * Credentials that end by themselves, for a server that shares a secret (draft-uberti-behave-turn-rest-00, 2.2): the
 * name is when they end, s since the epoch, and something that tells one phone from the other, of no meaning.
 */
export function timeLimited(secret: string, endsAtMs: number): Credentials {
  const username = `${Math.floor(endsAtMs / 1_000)}:${randomBytes(6).toString('hex')}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}
