import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import type { SourceAudio } from './source-audio.ts';

/** Audio goes out in pieces of 200 ms: 4,800 samples, 9,600 bytes, 12,800 characters of base64. */
export const PIECE_MS = 200;
export const PIECE_SAMPLES = (FLOOR_RATE * PIECE_MS) / 1_000;

const BASE64_BYTES = Math.ceil((PIECE_SAMPLES * 2) / 3) * 4;

/** The one message that an interpreter sends five times a second, built in place: buffers are made once. */
export class AppendMessage {
  private readonly samples = new Int16Array(PIECE_SAMPLES);
  // s16le on the wire; every processor that the appliance runs on (x64, arm64) is little-endian.
  private readonly bytes = Buffer.from(this.samples.buffer);
  private readonly message: Buffer;
  private readonly at: number;

  /** `type`: the event's name on the wire. */
  constructor({ type }: { type: string }) {
    const head = `{"type":"${type}","audio":"`;
    this.at = Buffer.byteLength(head);
    this.message = Buffer.alloc(this.at + BASE64_BYTES + 2);
    this.message.write(head);
    this.message.write('"}', this.at + BASE64_BYTES);
  }

  /** Takes the next piece. The answer is valid until the next call. */
  fill(source: SourceAudio): Buffer {
    source.take(this.samples);
    this.message.write(this.bytes.toString('base64'), this.at, 'latin1');
    return this.message;
  }
}
