import type { ConnectionView, RecoveryCause } from '../../../../appliance/protocol/recovery.ts';
import type { LinkError } from '../../../link/problem.ts';

/** What a browser knows of a connection, in running totals. */
export interface Signs {
  /** Packets of sound that have arrived. */
  readonly packets: number;
  /** Connectivity checks (ICE): those that were sent, and those that were answered. */
  readonly checksSent: number;
  readonly checksAnswered: number;
  /** The keys are agreed (DTLS). */
  readonly secured: boolean;
}

export const NO_SIGNS: Signs = { packets: 0, checksSent: 0, checksAnswered: 0, secured: false };

/** What of an entry of getStats() is looked at. */
interface Entry {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly requestsSent?: number;
  readonly responsesReceived?: number;
  readonly dtlsState?: string;
}

export async function readSigns(peer: RTCPeerConnection): Promise<Signs> {
  let [packets, checksSent, checksAnswered, secured] = [0, 0, 0, false];
  // eslint-disable-next-line unicorn/no-array-for-each -- RTCStatsReport is no array and not iterable in its types
  (await peer.getStats()).forEach((entry: Entry) => {
    if (entry.type === 'inbound-rtp') packets += entry.packetsReceived ?? 0;
    else if (entry.type === 'candidate-pair') {
      checksSent += entry.requestsSent ?? 0;
      checksAnswered += entry.responsesReceived ?? 0;
    } else if (entry.type === 'transport') secured ||= entry.dtlsState === 'connected';
  });
  return { packets, checksSent, checksAnswered, secured };
}

/** Why a try has brought no connection: by what the phone has seen since it began, and by the box's own view of it. */
export function whyInVain(signs: Signs, box?: ConnectionView['seat']): RecoveryCause {
  if (signs.checksAnswered === 0 && !signs.secured) return 'udp-blocked';
  if (!signs.secured) return 'no-dtls';
  return box && box.packets > 0 && signs.packets > 0 ? 'no-sound' : 'no-packets';
}

const FULL: ReadonlySet<LinkError['code']> = new Set(['listeners_full', 'box_busy', 'too_many_attempts']);

/** The same where the box has taken no offer. */
export function causeOf({ code }: LinkError): RecoveryCause {
  if (code === 'box_unreachable') return 'no-answer';
  if (code === 'token_invalid') return 'unknown-here';
  return FULL.has(code) ? 'full' : 'refused';
}
