import { EventEmitter, once } from 'node:events';
import { Decoder } from '@evan/opus';
import type { FrameSink, OpusFrame } from '../../appliance/channel/channel.ts';
import { Floor } from '../../appliance/floor/floor.ts';

/** Keeps the frames of a channel, and when each came. */
export class FrameLog implements FrameSink {
  readonly frames: (OpusFrame & { readonly at: number })[] = [];
  private readonly events = new EventEmitter();

  deliver(frame: OpusFrame): void {
    this.frames.push({ ...frame, at: performance.now() });
    this.events.emit('frame');
  }

  async received(count: number): Promise<void> {
    while (this.frames.length < count) await once(this.events, 'frame');
  }

  /** What is heard in these frames, 24 kHz, by who has heard all before them: Opus builds on what it has said. */
  sound(from = 0, to = this.frames.length): Int16Array {
    const decoder = new Decoder({ channels: 1, sample_rate: 24_000 });
    const pieces = this.frames.slice(0, to).map(({ payload }) => {
      const bytes = decoder.decode(payload);
      return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    });
    return Int16Array.from(pieces.slice(from).flatMap((piece) => [...piece]));
  }
}

export function openFloor(): Floor {
  const floor = new Floor({
    onListenerError: (error) => {
      throw error;
    },
  });
  floor.open = true;
  return floor;
}

/** A tone as the model or the microphone would give it. */
export function tone(hz: number, ms: number, amplitude = 0.3, from = 0): Int16Array {
  return Int16Array.from({ length: ms * 24 }, (_, i) =>
    Math.round(amplitude * 32_767 * Math.sin((2 * Math.PI * hz * (i + from)) / 24_000)),
  );
}

/** How strong a pitch is in the sound (Goertzel), as the amplitude of its sine, 0 to 1. */
export function strength(samples: Int16Array, hz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / 24_000);
  let before = 0;
  let last = 0;
  for (const sample of samples) [before, last] = [last, sample / 32_768 + turn * last - before];
  return Math.sqrt(last * last + before * before - turn * last * before) / (samples.length / 2);
}

/** A microphone by the clock: 20 ms frames of a tone, until it is stopped. */
export class Humming {
  private readonly timer: NodeJS.Timeout;
  private at = 0;
  private due = performance.now();

  constructor(floor: Floor, hz: number) {
    this.timer = setInterval(() => {
      for (; this.due <= performance.now(); this.due += 20) {
        floor.hear(tone(hz, 20, 0.3, this.at), this.due);
        this.at += 480;
      }
    }, 5);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
