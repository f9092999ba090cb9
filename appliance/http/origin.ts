import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/** Whether the request came over HTTPS. */
export function isSecure(request: IncomingMessage): boolean {
  return request.socket instanceof TLSSocket;
}

/** Where the caller is, as far as the box can tell: behind a router that is the router. */
export function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
}

/** The box's own browser: what it sends is on no network. */
export function isOnTheBox(request: IncomingMessage): boolean {
  return /^(127\.|::1$)/.test(addressOf(request));
}

/**
 * A page of another site must not speak with this box in its visitor's name. Who is no browser sends neither header.
 * (Origin: RFC 6454; Sec-Fetch-Site: Fetch Metadata Request Headers, W3C.)
 */
export function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (!origin) return site === undefined || site === 'same-origin' || site === 'none';
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host && from.protocol === (isSecure(request) ? 'https:' : 'http:');
}
