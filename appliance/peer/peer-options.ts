import type { Certificate, SrtpProfile } from './dtls.ts';
import type { MediaSocket } from './media-socket.ts';
import type { Offer } from './offer.ts';
import type { ReceiverReport } from './rtcp.ts';
import type { RtpSource } from './rtp-stream.ts';

/** `disconnected`: not heard of for a while, but not given up. */
export type PeerState = 'connecting' | 'connected' | 'disconnected' | 'closed';

export interface PeerOptions {
  readonly offer: Offer;
  readonly certificate: Certificate;
  /** One on each of the box's own addresses that the other side can reach. */
  readonly sockets: readonly MediaSocket[];
  /** Longest frame that will be sent, ms. */
  readonly maxPtime?: number;
  /** In the order of preference; both by default. */
  readonly profiles?: readonly SrtpProfile[];
  readonly firstSequenceNumber?: number;
  /** A stream that other connections have carried before; its own by default. */
  readonly source?: RtpSource | undefined;
  /** Handshakes are long work: they are handed over to be done between frames. */
  readonly later: (work: () => void, urgency: 'begin' | 'finish') => void;
  readonly onState: (state: PeerState) => void;
  /** Opus payloads as they arrive, when the peer sends (RFC 7587: clock 48 kHz). */
  readonly onPacket?: (payload: Buffer, sequenceNumber: number, timestamp: number) => void;
  readonly onReport?: (report: ReceiverReport) => void;
}
