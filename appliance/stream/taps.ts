import type { Channel } from '../channel/channel.ts';

export interface TapsOptions<Item> {
  /** Begins to make items of a channel. @returns what ends it. */
  readonly open: (channel: Channel, tell: (item: Item) => void) => () => void;
}

interface Tap<Item> {
  readonly hearers: Set<(item: Item) => void>;
  readonly close: () => void;
}

/** What is made of a channel's frames in some form: once for all who want it, and only while somebody does. */
export class Taps<Item> {
  private readonly options: TapsOptions<Item>;
  private readonly open = new Map<Channel, Tap<Item>>();

  constructor(options: TapsOptions<Item>) {
    this.options = options;
  }

  /** How many channels are being heard in this form. */
  get size(): number {
    return this.open.size;
  }

  /** `hear` must not throw. @returns what ends it. */
  listen(channel: Channel, hear: (item: Item) => void): () => void {
    const tap = this.open.get(channel) ?? this.begin(channel);
    // Who hears two channels at a time, or one twice, is heard of as two.
    const own = (item: Item): void => hear(item);
    tap.hearers.add(own);
    return () => {
      if (!tap.hearers.delete(own) || tap.hearers.size > 0) return;
      this.open.delete(channel);
      tap.close();
    };
  }

  private begin(channel: Channel): Tap<Item> {
    const hearers = new Set<(item: Item) => void>();
    const close = this.options.open(channel, (item) => {
      for (const hear of hearers) hear(item);
    });
    const tap = { hearers, close };
    this.open.set(channel, tap);
    return tap;
  }
}
