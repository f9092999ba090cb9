import type { MessagePort } from 'node:worker_threads';
import type { Channel, FrameSink, OpusFrame } from '../channel/channel.ts';
import type { FrameMessage } from './messages.ts';

/** Numbers under which the shards know channels. */
const numbers = new WeakMap<Channel, number>();
let lastNumber = 0;

interface Feed {
  readonly number: number;
  listeners: number;
  readonly unsubscribe: () => void;
}

/** The channels that somebody in a shard hears: each of their frames goes there once. */
export class Feeds {
  /** How many in the shard are sent two earlier frames with each. */
  farListeners = 0;
  private readonly frames: MessagePort;
  private readonly byChannel = new Map<Channel, Feed>();

  constructor({ frames }: { frames: MessagePort }) {
    this.frames = frames;
  }

  /** One more listener hears the channel. @returns its number. */
  join(channel: Channel): number {
    const known = this.byChannel.get(channel);
    if (known) {
      known.listeners++;
      return known.number;
    }
    const number = numbers.get(channel) ?? ++lastNumber;
    numbers.set(channel, number);
    const sink: FrameSink = { deliver: (frame) => this.send(number, frame) };
    this.byChannel.set(channel, { number, listeners: 1, unsubscribe: channel.subscribe(sink) });
    return number;
  }

  leave(channel: Channel): void {
    const feed = this.byChannel.get(channel);
    if (!feed || --feed.listeners > 0) return;
    feed.unsubscribe();
    this.byChannel.delete(channel);
  }

  stop(): void {
    for (const { unsubscribe } of this.byChannel.values()) unsubscribe();
    this.byChannel.clear();
  }

  /** Hot path: once per frame and shard. The bytes are copied out of the codec's larger buffer. */
  private send(channel: number, frame: OpusFrame): void {
    const { payload, redundant, timestamp, marker } = frame;
    const message: FrameMessage = {
      channel,
      payload: Uint8Array.prototype.slice.call(payload),
      redundant: redundant && Uint8Array.prototype.slice.call(redundant),
      farther: this.farListeners > 0 ? frame.farther : undefined,
      timestamp,
      marker,
      at: performance.now(),
    };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    this.frames.postMessage(message);
  }
}
