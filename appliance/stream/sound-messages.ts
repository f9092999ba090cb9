import type { Channel, OpusFrame } from '../channel/channel.ts';
import { mediaTime } from '../channel/channel.ts';
import { writeSoundFrame } from '../protocol/sound-frame.ts';
import { Taps } from './taps.ts';

/** So often it is said that there is nothing to hear, while nothing is sent, ms. */
const QUIET_MS = 1_000;
const NOTHING = new Uint8Array();

/** Channels as the binary messages of a sound socket (appliance/protocol/sound-frame.ts), each made once for all. */
export class SoundMessages {
  private readonly taps = new Taps<Uint8Array>({ open: (channel, tell) => read(channel, tell) });

  listen(channel: Channel, hear: (message: Uint8Array) => void): () => void {
    return this.taps.listen(channel, hear);
  }
}

function read(channel: Channel, tell: (message: Uint8Array) => void): () => void {
  let sequence = 0;
  const message = (frame: Pick<OpusFrame, 'payload' | 'timestamp' | 'duration' | 'marker'>): Uint8Array =>
    writeSoundFrame({
      marker: frame.marker,
      pcm: false,
      duration: frame.duration,
      sequence: sequence++,
      timestamp: frame.timestamp,
      sound: frame.payload,
    });
  const quiet = setInterval(
    () => tell(message({ payload: NOTHING, timestamp: mediaTime(), duration: 0, marker: false })),
    QUIET_MS,
  );
  const unsubscribe = channel.subscribe({
    deliver: (frame) => {
      quiet.refresh();
      tell(message(frame));
    },
  });
  return () => {
    clearInterval(quiet);
    unsubscribe();
  };
}
