import { Decoder } from '@evan/opus';
import { FLOOR_RATE } from '../floor/floor-frame.ts';
import { PacketOrder } from './packet-order.ts';
import type { VoiceFrames } from './voice-frames.ts';

/** One connection's Opus packets (RFC 7587), in order and decoded. */
export class OpusVoice {
  private readonly frames: Pick<VoiceFrames, 'hear' | 'conceal'>;
  private readonly decoder = new Decoder({ channels: 1, sample_rate: FLOOR_RATE });
  private readonly order = new PacketOrder({
    onPacket: (payload) => this.decode(payload),
    onMissing: () => this.frames.conceal(),
  });

  constructor({ frames }: { frames: Pick<VoiceFrames, 'hear' | 'conceal'> }) {
    this.frames = frames;
  }

  push(payload: Uint8Array, sequenceNumber: number): void {
    if (payload.length > 0) this.order.push(sequenceNumber, payload);
  }

  private decode(payload: Uint8Array): void {
    let bytes: Uint8Array;
    try {
      bytes = this.decoder.decode(payload);
    } catch {
      // Not Opus: as good as lost.
      this.frames.conceal();
      return;
    }
    this.frames.hear(bytes);
  }
}
