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

  /**
   * A frame is left out. It takes no sequence number, for none was sent (RFC 3550, 5.1) and nobody must take it for a
   * loss of the network; its time passes, so the phone conceals a gap of the right length; and the next frame is marked
   * as after silence (RFC 3551, 4.1). A redundant payload (RFC 2198) names the frame before by its time, so it is as
   * true as ever, and brings back the last frame of the gap.
   */
  miss(): void {
    this.fresh = true;
  }
}
