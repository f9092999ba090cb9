import type { MessagePort } from 'node:worker_threads';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerView } from '../peer/peer.ts';
import type { PeerState } from '../peer/peer-options.ts';
import type { ReceiverReport } from '../peer/rtcp.ts';
import type { RedundancyDistance, RtpProgress, RtpSource } from '../peer/rtp-stream.ts';
import type { Problem } from '../protocol/errors.ts';

/**
 * What travels between the main thread and a shard. Both ends are this very program, so the types are the contract;
 * what strangers send is parsed before it gets here (SDP, fragments) or inside the shard (STUN, DTLS, RTCP).
 */
export interface ShardData {
  /** UDP ports this shard may bind, one for each address; empty: any. */
  readonly ports: readonly number[];
  /** `performance.timeOrigin` of the main thread, whose clock the frames are stamped by. */
  readonly timeOrigin: number;
  /** Longest frame that will be sent, ms. */
  readonly maxPtime: number;
  /** Frames older than this are not sent, ms. */
  readonly tooLateMs?: number | undefined;
  /** Frames come on a line of their own, so that they can be taken out of turn. */
  readonly frames: MessagePort;
}

export type ToShard =
  | {
      readonly type: 'open';
      readonly request: number;
      readonly peer: string;
      readonly offer: Offer;
      readonly addresses: readonly string[];
      /** The stream of an earlier connection, and how far it had come. */
      readonly source?: RtpSource | undefined;
      readonly from?: RtpProgress | undefined;
    }
  | {
      readonly type: 'apply';
      readonly request: number;
      readonly peer: string;
      readonly fragment: IceFragment;
      readonly ifMatch: IfMatch;
    }
  /** From the next frame on this channel is heard. */
  | { readonly type: 'tune'; readonly peer: string; readonly channel: number }
  | { readonly type: 'repeat'; readonly peer: string; readonly distance: RedundancyDistance }
  /** Its stream's earlier connection had come so far. */
  | { readonly type: 'go-on'; readonly peer: string; readonly from: RtpProgress }
  | { readonly type: 'close'; readonly peer: string }
  | { readonly type: 'look'; readonly request: number; readonly peer: string }
  | { readonly type: 'stop' };

/** One frame of one channel, for everyone in the shard who hears it. */
export interface FrameMessage {
  readonly channel: number;
  readonly payload: Uint8Array;
  readonly redundant?: Uint8Array | undefined;
  /** Only where somebody in the shard is sent two earlier frames. */
  readonly farther?: Uint8Array | undefined;
  /** Media clock, 48 kHz. */
  readonly timestamp: number;
  readonly marker: boolean;
  /** When the channel handed it over, ms of the main thread's clock. */
  readonly at: number;
}

interface PeerReport extends ReceiverReport {
  readonly peer: string;
}

/** How punctual a shard was, since it last said so. */
export interface Punctuality {
  readonly frames: number;
  readonly packets: number;
  /** Packets left out because the network took none. */
  readonly dropped: number;
  /** Packets left out because this thread was kept from sending them while they were fresh. */
  readonly tooLate: number;
  /** From the channel's hand to the last packet's departure, ms: 99th percentile and worst. */
  readonly lateMsP99: number;
  readonly lateMsWorst: number;
  /** The same as a histogram of half milliseconds, for who watches longer. */
  readonly lateCounts: Uint32Array;
}

/** What is answered, before it has a number. */
export type Request = { [T in ToShard as T['type']]: Omit<T, 'request'> }['open' | 'apply'];

export type FromShard =
  | { readonly type: 'ready' }
  | { readonly type: 'done'; readonly request: number; readonly value: IceAnswer | undefined }
  | { readonly type: 'refused'; readonly request: number; readonly problem: Problem }
  | { readonly type: 'seen'; readonly request: number; readonly view: PeerView | undefined }
  | {
      readonly type: 'state';
      readonly peer: string;
      readonly state: PeerState;
      /** How far its stream has come, once it is over. */
      readonly sent?: RtpProgress;
    }
  | { readonly type: 'reports'; readonly reports: readonly PeerReport[] }
  | {
      readonly type: 'packet';
      readonly peer: string;
      readonly payload: Uint8Array;
      readonly sequenceNumber: number;
    }
  | ({ readonly type: 'punctuality' } & Punctuality);
