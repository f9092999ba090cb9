import { Encoder } from '@evan/opus';
import { FLOOR_RATE } from '../floor/floor-frame.ts';
import type { FrameMs } from './channel.ts';

/** Bits per second of mono speech: clear on phone earpieces, and a fifth of a packet's airtime at most. */
const BITRATE = 32_000;

/** Mono 24 kHz speech to Opus, in-band FEC on. One per channel: it remembers what it has encoded. */
export class OpusEncoder {
  private readonly encoder: Encoder;

  constructor({ frameMs }: { frameMs: FrameMs }) {
    this.encoder = new Encoder({ channels: 1, sample_rate: FLOOR_RATE, application: 'voip' });
    this.encoder.bitrate = BITRATE;
    this.encoder.inband_fec = true;
    this.encoder.packet_loss = 10;
    this.encoder.signal = 'voice';
    this.encoder.complexity = 5;
    // What is above 8 kHz Opus codes in 20 ms frames only (RFC 6716, 2.1.4): a packet of 60 ms is then three of them, and
    // the copy of what came before (FEC) is of the last third alone. Without it the packet is one frame, copied whole.
    if (frameMs > 20) this.encoder.max_bandwidth = 'wideband';
  }

  /** @param samples 480 (20 ms), 960 or 1,440 (60 ms); read during the call only. */
  encode(samples: Int16Array): Buffer {
    const bytes = this.encoder.encode(samples);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}
