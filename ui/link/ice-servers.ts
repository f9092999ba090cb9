import type { IceServer } from '../../appliance/protocol/ice.ts';

/**
 * An offer is made while the box is asked where to send it, and by what servers a phone may go that does not reach the
 * box itself. Where there are any, the offer is made again: only then does the browser ask them, beside its own
 * addresses. The box is not told of what comes of it: it is ICE-lite, and sees where checks come from.
 */
export async function offerThrough(
  peer: RTCPeerConnection,
  offer: string,
  iceServers: IceServer[] = [],
): Promise<string> {
  if (iceServers.length === 0) return offer;
  peer.setConfiguration({ ...peer.getConfiguration(), iceServers: iceServers as RTCIceServer[] });
  const again = await peer.createOffer({ iceRestart: true });
  await peer.setLocalDescription(again);
  return peer.localDescription?.sdp ?? again.sdp ?? '';
}
