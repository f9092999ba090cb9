import type { Context } from 'koa';
import type { IceServer } from '../protocol/ice.ts';

/** Those that answer just now, the best first, with credentials for one phone. */
export type OfferIceServers = () => IceServer[];

/** Names the servers in the answer to an offer, a header each (RFC 9725, 4.6; RFC 8288). */
export function linkIceServers(context: Context, servers: readonly IceServer[]): void {
  for (const { urls, username, credential } of servers) {
    const how =
      username === undefined || credential === undefined
        ? ''
        : `; username=${quoted(username)}; credential=${quoted(credential)}; credential-type="password"`;
    context.append('Link', `<${urls}>; rel="ice-server"${how}`);
  }
}

/** RFC 9110, 5.6.4. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
