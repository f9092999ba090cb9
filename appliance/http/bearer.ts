import type { IncomingMessage } from 'node:http';

/** RFC 9110, 11.4 and RFC 6750, 2.1: the scheme in any case, one space or several, a token of these characters. */
const CREDENTIALS = /^bearer +([\w\-.~+/]+=*)$/i;

/** The bearer token that a request shows, '' when it shows something else, undefined when nothing. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  const { authorization } = headers;
  return authorization === undefined ? undefined : (CREDENTIALS.exec(authorization.trim())?.[1] ?? '');
}
