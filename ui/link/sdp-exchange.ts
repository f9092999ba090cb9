import type { IceServer } from '../../appliance/protocol/ice.ts';
import { send } from './request.ts';

/** Where a WHEP or WHIP session is asked for (RFC 9725), and with what. */
export interface SdpEndpoint {
  readonly url: string;
  /** Bearer token; without one the cookie speaks. */
  readonly token?: string;
  /** By which a phone may go that does not reach the box itself. */
  readonly iceServers?: IceServer[] | undefined;
}

export interface SdpAnswer {
  readonly sdp: string;
  /** The session's own address: DELETE ends it. */
  readonly resource: string;
}

export function headersOf(endpoint: SdpEndpoint): Record<string, string> {
  return endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token}` };
}

/** One POST is the whole exchange: the box is ICE-lite and its answer carries every candidate it has. */
export async function exchangeSdp(
  endpoint: SdpEndpoint,
  offer: string,
  signal?: AbortSignal,
): Promise<SdpAnswer> {
  const response = await send(endpoint.url, {
    method: 'POST',
    headers: { ...headersOf(endpoint), 'content-type': 'application/sdp' },
    body: offer,
    ...(signal && { signal }),
  });
  const location = response.headers.get('location') ?? '';
  return {
    sdp: await response.text(),
    resource: new URL(location, new URL(endpoint.url, window.location.href)).href,
  };
}

/** Tells the box at once that this listener left; when it cannot be told it finds out by itself. */
export function endSdpSession(endpoint: SdpEndpoint, resource: string): void {
  send(resource, { method: 'DELETE', headers: headersOf(endpoint), keepalive: true }).catch(() => undefined);
}
