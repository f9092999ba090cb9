import { setImmediate } from 'node:timers/promises';
import { FLOOR_FRAME_SAMPLES } from '../floor/floor-frame.ts';
import { FrameCutter } from './frame-cutter.ts';
import { Recording } from './recording.ts';
import { SentBytes } from './sound-bytes.ts';

/**
 * A clip that was sent, as a microphone would deliver it but as fast as it is asked for: frames of 480 samples, the last one
 * filled up with silence. @throws SoundUnreadable.
 */
export async function* clipFrames(bytes: Uint8Array): AsyncGenerator<Int16Array, void> {
  const recording = await Recording.of(new SentBytes(bytes));
  let ready: Int16Array[] = [];
  const cutter = new FrameCutter({ onFrame: (frame) => ready.push(frame.slice()) });
  try {
    for (let piece = await recording.next(); piece; piece = await recording.next()) {
      cutter.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), 0);
      yield* ready;
      ready = [];
      // Nobody waits for a disk here: other tours must come to their turn all the same.
      await setImmediate();
    }
    cutter.push(Buffer.alloc(FLOOR_FRAME_SAMPLES * 2), 0);
    yield* ready;
  } finally {
    await recording.close();
  }
}
