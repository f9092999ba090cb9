import { endianness } from 'node:os';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../floor/floor-frame.ts';

const FRAME_BYTES = FLOOR_FRAME_SAMPLES * 2;
const BYTES_PER_MS = (FLOOR_RATE * 2) / 1_000;

/** Cuts a byte stream of s16le samples, however it arrives, into frames. One buffer, reused. */
export class FrameCutter {
  private readonly onFrame: (samples: Int16Array, capturedAt: number) => void;
  private readonly bytes = Buffer.alloc(FRAME_BYTES);
  private readonly samples = new Int16Array(this.bytes.buffer, this.bytes.byteOffset, FLOOR_FRAME_SAMPLES);
  private filled = 0;

  constructor({ onFrame }: { onFrame: (samples: Int16Array, capturedAt: number) => void }) {
    this.onFrame = onFrame;
  }

  /** @param arrivedAt when the chunk's last sample was captured, ms of `performance.now()`. */
  push(chunk: Buffer, arrivedAt: number): void {
    let at = 0;
    while (at < chunk.length) {
      const count = chunk.copy(this.bytes, this.filled, at, at + FRAME_BYTES - this.filled);
      this.filled += count;
      at += count;
      if (this.filled < FRAME_BYTES) return;
      this.filled = 0;
      if (endianness() === 'BE') this.bytes.swap16();
      this.onFrame(this.samples, arrivedAt - (chunk.length - at) / BYTES_PER_MS);
    }
  }
}
