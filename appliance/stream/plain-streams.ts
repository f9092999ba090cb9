import type { Channel } from '../channel/channel.ts';
import type { Log } from '../log.ts';
import { Mp3Thread } from './mp3/mp3-thread.ts';
import { OggOpus } from './ogg-opus.ts';
import { type SteadyFrame, SteadyFrames } from './steady-frames.ts';
import { Taps } from './taps.ts';

/** One player's stream. */
export interface PlainStream {
  /** It goes on with this channel. @returns what ends that. */
  readonly listen: (channel: Channel) => () => void;
  /** In order. */
  readonly end: () => void;
}

/** Channels as streams that any player takes: made while somebody hears them, once for all who do. */
export class PlainStreams {
  private readonly thread: Mp3Thread;
  private readonly frames = new Taps<SteadyFrame>({
    open: (channel, tell) => {
      const steady = new SteadyFrames({ tell });
      steady.start(channel);
      return () => steady.stop();
    },
  });
  private readonly mp3 = new Taps<Uint8Array>({
    open: (channel, tell) => {
      const stream = this.thread.open(tell);
      const unlisten = this.frames.listen(channel, ({ payload }) => stream.add(payload));
      return () => {
        unlisten();
        stream.close();
      };
    },
  });

  constructor({ log }: { log: Log }) {
    this.thread = new Mp3Thread({ log });
  }

  /** MPEG-2 layer III, mono, 24 kHz. */
  beginMp3(write: (bytes: Uint8Array) => void): PlainStream {
    return { listen: (channel) => this.mp3.listen(channel, write), end: () => undefined };
  }

  /** Ogg Opus, from its headers on. */
  beginOgg(write: (bytes: Uint8Array) => void): PlainStream {
    const ogg = new OggOpus({ write });
    ogg.start();
    return {
      listen: (channel) => this.frames.listen(channel, (frame) => ogg.add(frame)),
      end: () => ogg.end(),
    };
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }
}
