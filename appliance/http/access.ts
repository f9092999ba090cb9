import type { IncomingMessage } from 'node:http';
import type { Identity, Tokens } from '../account/tokens.ts';
import { UbizoError } from '../protocol/errors.ts';

export const GUIDE_COOKIE = 'ubizo_guide';

/** Finds out who calls. Guides show a cookie, attendees a bearer token (RFC 6750). */
export class Access {
  private readonly tokens: Tokens;

  constructor({ tokens }: { tokens: Tokens }) {
    this.tokens = tokens;
  }

  /** @throws UbizoError `not_signed_in`. */
  async guide(request: IncomingMessage): Promise<Extract<Identity, { role: 'guide' }>> {
    const token = cookies(request).get(GUIDE_COOKIE);
    if (!token) throw notSignedIn();
    try {
      return await this.tokens.verify(token, 'guide');
    } catch {
      throw notSignedIn();
    }
  }

  /** @throws UbizoError `token_invalid`. */
  async attendee(request: IncomingMessage): Promise<Extract<Identity, { role: 'attendee' }>> {
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      throw new UbizoError('token_invalid', 'Send the token of your join as "Authorization: Bearer …".');
    }
    return this.tokens.verify(token, 'attendee');
  }

  /** For a WebSocket, on which a browser can set no header. @throws UbizoError `token_invalid`. */
  attendeeOfQuery(url: URL): Promise<Extract<Identity, { role: 'attendee' }>> {
    return this.tokens.verify(url.searchParams.get('token') ?? '', 'attendee');
  }
}

/** A page of another site must not speak with this box in its visitor's name (RFC 6454). */
export function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function notSignedIn(): UbizoError {
  return new UbizoError('not_signed_in', 'Sign in as a guide first.');
}

function cookies(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
