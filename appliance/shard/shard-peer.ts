import type { Channel } from '../channel/channel.ts';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerView } from '../peer/peer.ts';
import type { PeerState } from '../peer/peer-options.ts';
import type { ReceiverReport } from '../peer/rtcp.ts';
import type { RedundancyDistance, RtpProgress, RtpSource } from '../peer/rtp-stream.ts';
import type { Request, ToShard } from './messages.ts';

/** What its owner wants to know of a connection. */
export interface PeerEvents {
  readonly onState: (state: PeerState) => void;
  readonly onReport?: (report: ReceiverReport) => void;
  /** How far the stream had come when it was over; not told when its thread has died. */
  readonly onSent?: (sent: RtpProgress) => void;
  /** Opus payloads, when the other side sends. */
  readonly onPacket?: (payload: Uint8Array, sequenceNumber: number) => void;
}

/** What is asked for with an offer. */
export interface Connection {
  readonly offer: Offer;
  readonly addresses: readonly string[];
  readonly events: PeerEvents;
  /** The stream of an earlier connection, and how far it had come; a new one by default. */
  readonly source?: RtpSource | undefined;
  readonly from?: RtpProgress | undefined;
}

/** The shard that holds a connection, as far as the connection needs it. */
interface Home {
  /** @throws UbizoError as the shard refuses, or `listener_not_found` when it is not there. */
  request(message: Request): Promise<IceAnswer | undefined>;
  send(message: ToShard): void;
  look(peer: string): Promise<PeerView | undefined>;
  join(peer: string, channel: Channel): void;
  leave(channel: Channel): void;
  /** From `before` to `distance` earlier frames with each. */
  repeat(peer: string, distance: RedundancyDistance, before: RedundancyDistance): void;
  forget(peer: ShardPeer): void;
}

/** A WebRTC connection that lives in a shard, as the main thread holds it. */
export class ShardPeer {
  readonly id: string;
  readonly events: PeerEvents;
  /** It takes packets that repeat earlier frames (RED, RFC 2198). */
  readonly takesRedundancy: boolean;
  channel: Channel | undefined;
  private readonly shard: Home;
  private current: PeerState = 'connecting';
  private repeated: RedundancyDistance = 1;

  constructor({
    id,
    shard,
    events,
    takesRedundancy,
  }: {
    id: string;
    shard: Home;
    events: PeerEvents;
    takesRedundancy: boolean;
  }) {
    this.id = id;
    this.takesRedundancy = takesRedundancy;
    this.shard = shard;
    this.events = events;
  }

  get state(): PeerState {
    return this.current;
  }

  /**
   * Candidates, or an ICE restart. @returns the fragment that answers a restart.
   * @throws UbizoError `bad_sdp`, `precondition_failed`, `listener_not_found`.
   */
  async apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined> {
    return this.shard.request({ type: 'apply', peer: this.id, fragment, ifMatch });
  }

  /** As its thread sees it; nothing when it is over there. */
  async look(): Promise<PeerView | undefined> {
    return this.shard.look(this.id);
  }

  /** From the next frame on this channel is heard. */
  tune(channel: Channel): void {
    if (channel === this.channel || this.current === 'closed') return;
    if (this.channel) this.shard.leave(this.channel);
    this.channel = channel;
    this.shard.join(this.id, channel);
  }

  /** How many earlier frames each packet repeats. */
  get distance(): RedundancyDistance {
    return this.takesRedundancy ? this.repeated : 0;
  }

  /** From the next frame on so many are. For who {@link takesRedundancy}. */
  repeat(distance: RedundancyDistance): void {
    if (distance === this.distance || !this.takesRedundancy || this.current === 'closed') return;
    this.shard.repeat(this.id, distance, this.repeated);
    this.repeated = distance;
  }

  /** Its stream's earlier connection had come so far. */
  goOn(from: RtpProgress): void {
    if (this.current !== 'closed') this.shard.send({ type: 'go-on', peer: this.id, from });
  }

  close(): void {
    if (this.current === 'closed') return;
    this.shard.send({ type: 'close', peer: this.id });
    this.changed('closed');
  }

  /** What the shard says, or that it has died. */
  changed(state: PeerState): void {
    if (state === this.current || this.current === 'closed') return;
    this.current = state;
    if (state === 'closed') {
      if (this.repeated === 2) this.shard.repeat(this.id, 1, 2);
      if (this.channel) this.shard.leave(this.channel);
      this.shard.forget(this);
    }
    this.events.onState(state);
  }
}
