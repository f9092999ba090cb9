import { Encoder } from '@evan/opus';
import { FLOOR_RATE } from '../floor/floor-frame.ts';
import type { FrameMs, SoundLevel } from './channel.ts';
import { frameMsAt, SOUND_SETTINGS, USUAL_LEVEL } from './sound-level.ts';

/** Mono 24 kHz speech to Opus, in-band FEC on. One per channel: it remembers what it has encoded. */
export class OpusEncoder {
  private readonly encoder: Encoder;
  private readonly usual: FrameMs;
  private current: SoundLevel = USUAL_LEVEL;

  /** @param frameMs how long frames are where nothing asks for longer ones */
  constructor({ frameMs }: { frameMs: FrameMs }) {
    this.usual = frameMs;
    this.encoder = new Encoder({ channels: 1, sample_rate: FLOOR_RATE, application: 'voip' });
    this.encoder.inband_fec = true;
    this.encoder.signal = 'voice';
    this.encoder.complexity = 5;
    this.set(USUAL_LEVEL);
  }

  get level(): SoundLevel {
    return this.current;
  }

  /** What the next frame is encoded for. A frame of another length may follow any frame: Opus keeps its memory. */
  set level(level: SoundLevel) {
    if (level !== this.current) this.set(level);
  }

  get frameMs(): FrameMs {
    return frameMsAt(this.current, this.usual);
  }

  /** @param samples as many as {@link frameMs} has: 480 (20 ms), 960 or 1,440; read during the call only. */
  encode(samples: Int16Array): Buffer {
    const bytes = this.encoder.encode(samples);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private set(level: SoundLevel): void {
    const { bitRate, expectedLoss } = SOUND_SETTINGS[level];
    this.current = level;
    this.encoder.bitrate = bitRate;
    this.encoder.packet_loss = expectedLoss;
    // What is above 8 kHz Opus codes in 20 ms frames only (RFC 6716, 2.1.4): a packet of 60 ms is then three of them, and
    // the copy of what came before (FEC) is of the last third alone. Without it the packet is one frame, copied whole.
    this.encoder.max_bandwidth = this.frameMs > 20 ? 'wideband' : 'fullband';
  }
}
