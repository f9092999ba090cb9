import type { Channel } from '../channel/channel.ts';
import { type Diversions, NO_DIVERSIONS } from '../channel/diversions.ts';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { PeerView } from '../peer/peer.ts';
import type { PeerState } from '../peer/peer-options.ts';
import type { ReceiverReport } from '../peer/rtcp.ts';
import type { RedundancyDistance, RtpProgress } from '../peer/rtp-stream.ts';
import type { ShardPeer } from '../shard/shard-peer.ts';

export interface ListenerQuality {
  readonly quality: 'good' | 'fair' | 'poor' | 'unknown';
  readonly loss: number;
  readonly jitterMs: number;
  /** To the phone and back, ms, once it is known. */
  readonly roundTripMs?: number;
}

export interface ListenerOptions {
  readonly tour: string;
  readonly attendee: string;
  readonly onChange: (listener: Listener) => void;
  readonly diversions?: Pick<Diversions, 'of'>;
  /** The phone is connected ahead of its visitor: nothing is sent until they listen. */
  readonly waiting?: boolean;
}

/** One attendee's connection; its packets are made in a shard. */
export class Listener {
  readonly tour: string;
  readonly attendee: string;
  /** ms of `performance.now()`. */
  readonly openedAt = performance.now();
  quality: ListenerQuality = { quality: 'unknown', loss: 0, jitterMs: 0 };
  private readonly onChange: (listener: Listener) => void;
  private readonly diversions: Pick<Diversions, 'of'>;
  private chosen: Channel | undefined;
  private peer: ShardPeer | undefined;
  private idle: boolean;
  private tunedAt = 0;
  private diverted = false;
  /** When they last came back from what was heard in their channel's place. */
  private backAt = -Infinity;

  constructor({ tour, attendee, onChange, diversions = NO_DIVERSIONS, waiting = false }: ListenerOptions) {
    this.tour = tour;
    this.attendee = attendee;
    this.onChange = onChange;
    this.diversions = diversions;
    this.idle = waiting;
  }

  /** The connection, as soon as its offer is answered. */
  attach(peer: ShardPeer): void {
    this.peer = peer;
  }

  get id(): string {
    return this.peer?.id ?? '';
  }

  /** Connected, or about to be, ahead of its visitor. */
  get waiting(): boolean {
    return this.idle;
  }

  get state(): PeerState {
    return this.peer?.state ?? 'connecting';
  }

  get language(): string | undefined {
    return this.peer?.channel?.language;
  }

  /** For how long this listener has been sent sound without a pause, ms; 0 in silence. */
  get soundingMs(): number {
    // What its channel sent before this one heard it was never sent here.
    return Math.min(performance.now() - this.tunedAt, this.peer?.channel?.soundingMs ?? 0);
  }

  /** Whether they were sent sound all the time between two moments, ms of `performance.now()`. */
  sounded(from: number, to: number): boolean {
    // What their channel sent while something else was heard in its place was never sent here.
    return from >= this.backAt && (this.peer?.channel?.sounded(from, to) ?? false);
  }

  /** How many earlier frames each of their packets repeats; undefined: they take none. */
  get distance(): RedundancyDistance | undefined {
    return this.peer?.takesRedundancy === true ? this.peer.distance : undefined;
  }

  set distance(distance: RedundancyDistance) {
    this.peer?.repeat(distance);
  }

  /** The connection as its thread sees it now; nothing when it is over. */
  async look(): Promise<PeerView | undefined> {
    return this.peer?.look();
  }

  /**
   * Trickled candidates, or an ICE restart. @returns the fragment that answers a restart.
   * @throws UbizoError `bad_sdp`, `precondition_failed`, `listener_not_found`.
   */
  async apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined> {
    return this.peer?.apply(fragment, ifMatch);
  }

  /** From the next frame on, this channel is heard, or what is heard in its place. */
  tune(channel: Channel): void {
    if (this.idle) return;
    this.chosen = channel;
    const before = this.peer?.channel;
    const heard = this.diversions.of(this.attendee, channel);
    if (heard === before) return;
    this.tunedAt = performance.now();
    if (this.diverted && heard === channel) this.backAt = this.tunedAt;
    this.diverted = heard !== channel;
    this.peer?.tune(heard);
    if (before) this.onChange(this);
  }

  /** Something else is to be heard in the channel's place, or the channel again. */
  retune(): void {
    if (this.chosen) this.tune(this.chosen);
  }

  /** The visitor listens now. */
  begin(channel: Channel): void {
    this.idle = false;
    this.tune(channel);
    this.onChange(this);
  }

  /** An earlier connection of theirs has sent so much of their stream. */
  goOn(from: RtpProgress): void {
    this.peer?.goOn(from);
  }

  close(): void {
    this.peer?.close();
  }

  readonly changed = (): void => this.onChange(this);

  readonly reported = ({ fractionLost, jitterMs, roundTripMs }: ReceiverReport): void => {
    const quality =
      fractionLost > 0.1 || jitterMs > 120 ? 'poor' : fractionLost > 0.03 || jitterMs > 50 ? 'fair' : 'good';
    this.quality = {
      quality,
      loss: fractionLost,
      jitterMs,
      ...(roundTripMs !== undefined && { roundTripMs }),
    };
    this.onChange(this);
  };
}
