import type { Peer } from '../peer/peer.ts';
import type { FrameMessage } from './messages.ts';

/**
 * One peer inside its shard and the channel that it hears. A change of channel is a change of subscription: numbers
 * and times run on, so the phone hears one stream without a break.
 */
export class Seat {
  readonly peer: Peer;
  channel: number | undefined;
  private lastTimestamp = -1;
  private fresh = true;

  constructor(peer: Peer) {
    this.peer = peer;
  }

  tune(channel: number): void {
    this.channel = channel;
    this.fresh = true;
  }

  /** Hot path: once per frame and listener. */
  deliver(frame: FrameMessage): void {
    if (this.peer.state !== 'connected' && this.peer.state !== 'disconnected') return;
    // Two channels' clocks may differ by a frame: time must not run backwards across a switch.
    const timestamp = Math.max(frame.timestamp, this.lastTimestamp + 1);
    this.lastTimestamp = timestamp;
    this.peer.send(frame, timestamp, frame.marker || this.fresh);
    this.fresh = false;
  }
}
