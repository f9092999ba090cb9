import { randomInt } from 'node:crypto';
import type { Channel, FrameSink, OpusFrame } from '../channel/channel.ts';
import type { IceFragment } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import { Peer, type PeerState } from '../peer/peer.ts';
import type { ReceiverReport } from '../peer/receiver-report.ts';

export interface ListenerQuality {
  readonly quality: 'good' | 'fair' | 'poor' | 'unknown';
  readonly loss: number;
  readonly jitterMs: number;
}

export interface ListenerOptions {
  readonly id: string;
  readonly tour: string;
  readonly attendee: string;
  readonly addresses: readonly string[];
  readonly portRange?: readonly [number, number] | undefined;
  readonly onChange: (listener: Listener) => void;
}

/**
 * One attendee's connection: its own sequence numbers and time base (RFC 3550, 5.1), so that a change of language
 * is a change of subscription and the phone hears one stream without a break.
 */
export class Listener implements FrameSink {
  readonly id: string;
  readonly tour: string;
  readonly attendee: string;
  /** ms of `performance.now()` at which the phone last showed that it is there. */
  lastHeardAt = performance.now();
  quality: ListenerQuality = { quality: 'unknown', loss: 0, jitterMs: 0 };
  private readonly peer: Peer;
  private readonly onChange: (listener: Listener) => void;
  private readonly timestampOffset = randomInt(2 ** 32);
  private sequenceNumber = randomInt(2 ** 15);
  private lastTimestamp = -1;
  private channel: Channel | undefined;
  private unsubscribe: (() => void) | undefined;
  private fresh = true;

  constructor({ id, tour, attendee, addresses, portRange, onChange }: ListenerOptions) {
    this.id = id;
    this.tour = tour;
    this.attendee = attendee;
    this.onChange = onChange;
    this.peer = new Peer({
      addresses,
      portRange,
      onState: (state) => this.changed(state),
      onReport: (report) => this.reported(report),
      onHeard: () => {
        this.lastHeardAt = performance.now();
      },
    });
  }

  get state(): PeerState {
    return this.peer.state;
  }

  get language(): string | undefined {
    return this.channel?.language;
  }

  /** @throws UbizoError `bad_sdp`, `unsupported_sdp`. */
  answer(offer: Offer): Promise<string> {
    return this.peer.answer(offer);
  }

  /** Trickled candidates, or an ICE restart. @returns the fragment that answers a restart. */
  apply(fragment: IceFragment): Promise<string | undefined> {
    return this.peer.apply(fragment);
  }

  /** From the next frame on, this channel is heard. */
  tune(channel: Channel): void {
    if (channel === this.channel) return;
    const switched = this.channel !== undefined;
    this.unsubscribe?.();
    this.channel = channel;
    this.fresh = true;
    this.unsubscribe = this.state === 'closed' ? undefined : channel.subscribe(this);
    if (switched) this.onChange(this);
  }

  /** Hot path: once per frame and listener. */
  deliver(frame: OpusFrame): void {
    if (this.peer.state !== 'connected') return;
    // Two channels' clocks may differ by a frame: time must not run backwards across a switch.
    const timestamp = Math.max(frame.timestamp, this.lastTimestamp + 1);
    this.lastTimestamp = timestamp;
    this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff;
    this.peer.send(frame.payload, {
      sequenceNumber: this.sequenceNumber,
      timestamp: (timestamp + this.timestampOffset) % 2 ** 32,
      marker: frame.marker || this.fresh,
    });
    this.fresh = false;
  }

  async close(): Promise<void> {
    this.unsubscribe?.();
    this.unsubscribe = undefined;
    await this.peer.close();
  }

  private changed(state: PeerState): void {
    this.lastHeardAt = performance.now();
    if (state === 'closed') {
      this.unsubscribe?.();
      this.unsubscribe = undefined;
    }
    this.onChange(this);
  }

  private reported({ fractionLost, jitterMs }: ReceiverReport): void {
    this.lastHeardAt = performance.now();
    const quality =
      fractionLost > 0.1 || jitterMs > 120 ? 'poor' : fractionLost > 0.03 || jitterMs > 50 ? 'fair' : 'good';
    this.quality = { quality, loss: fractionLost, jitterMs };
    this.onChange(this);
  }
}
