import type { ChannelState } from '../protocol/views.ts';
import {
  type Channel,
  type FrameSink,
  mediaTime,
  type OpusFrame,
  type ReadingEvents,
  type SoundLevel,
} from './channel.ts';
import type { Diversion } from './diversions.ts';

/** 20 ms that hold nothing: a CELT frame of silence (RFC 6716, 3.1 and 4.3), which every decoder takes in any stream. */
export const SILENT_OPUS = Uint8Array.of(0xf8, 0xff, 0xfe);
export const SILENT_OPUS_DURATION = 960;
/** So that a phone fades out instead of inventing sound: 100 ms, from the next frame on. */
const CLOSING_FRAMES = 5;
const FRAME_MS = SILENT_OPUS_DURATION / 48;

/** A channel as somebody has it who is to hear nothing of it for a while: it is theirs, and it is silent. */
class HushedChannel implements Channel {
  readonly queuedMs = 0;
  readonly soundingMs = 0;
  private readonly channel: Channel;

  constructor(channel: Channel) {
    this.channel = channel;
  }

  get language(): string {
    return this.channel.language;
  }

  get state(): ChannelState {
    return this.channel.state;
  }

  get level(): SoundLevel {
    return this.channel.level;
  }

  /** That of a channel is for all who hear it. */
  set level(_: SoundLevel) {}

  sounded(): boolean {
    return false;
  }

  subscribe(sink: FrameSink): () => void {
    let left = CLOSING_FRAMES;
    const timer = setInterval(() => {
      sink.deliver(silentFrame());
      if (--left === 0) clearInterval(timer);
    }, FRAME_MS);
    return () => clearInterval(timer);
  }

  /** It is read to all who hear the channel itself. */
  announce(_: Int16Array, events?: ReadingEvents): void {
    events?.onEnd?.('cut');
  }

  cut(): void {}

  start(): void {}

  stop(): void {}
}

function silentFrame(): OpusFrame {
  return {
    payload: SILENT_OPUS,
    timestamp: mediaTime(),
    duration: SILENT_OPUS_DURATION,
    marker: false,
  };
}

/** Makes every channel silent. */
export function hush(): Diversion {
  const hushed = new WeakMap<Channel, Channel>();
  return (channel) => {
    const silent = hushed.get(channel) ?? new HushedChannel(channel);
    hushed.set(channel, silent);
    return silent;
  };
}
