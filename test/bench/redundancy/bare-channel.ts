import { Encoder } from '@evan/opus';
import type { Channel, FrameMs, FrameSink, SoundLevel } from '../../../appliance/channel/channel.ts';
import { FanOut } from '../../../appliance/channel/fan-out.ts';
import { USUAL_LEVEL } from '../../../appliance/channel/sound-level.ts';
import type { Floor } from '../../../appliance/floor/floor.ts';
import { FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';

/** The floor in the product's packets, at its bit rate, but encoded without in-band FEC: what there is to compare with. */
export class BareChannel implements Channel {
  readonly language = 'en';
  readonly state = 'live';
  readonly queuedMs = 0;
  readonly soundingMs = 0;
  level: SoundLevel = USUAL_LEVEL;
  private readonly floor: Floor;
  private readonly encoder = new Encoder({ channels: 1, sample_rate: FLOOR_RATE, application: 'voip' });
  private readonly fanOut = new FanOut({ onSinkError: () => undefined });
  private readonly block: Int16Array;
  private filled = 0;
  private timestamp = 0;
  private unsubscribe: (() => void) | undefined;

  constructor({ floor, frameMs }: { floor: Floor; frameMs: FrameMs }) {
    this.floor = floor;
    this.block = new Int16Array((FLOOR_RATE * frameMs) / 1_000);
    this.encoder.bitrate = 32_000;
    this.encoder.signal = 'voice';
    this.encoder.complexity = 5;
  }

  sounded(): boolean {
    return false;
  }

  subscribe(sink: FrameSink): () => void {
    return this.fanOut.subscribe(sink);
  }

  announce(): void {
    // Nothing is read here.
  }

  cut(): void {
    // The same.
  }

  start(): void {
    this.unsubscribe = this.floor.subscribeGated(({ samples }) => this.hear(samples));
  }

  stop(): void {
    this.unsubscribe?.();
  }

  private hear(samples: Int16Array): void {
    this.block.set(samples, this.filled);
    this.filled += samples.length;
    if (this.filled < this.block.length) return;
    this.filled = 0;
    const duration = this.block.length * 2;
    this.timestamp += duration;
    const payload = this.encoder.encode(this.block).slice();
    this.fanOut.deliver({ payload, timestamp: this.timestamp, duration, marker: false });
  }
}
