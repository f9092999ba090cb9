import { setImmediate } from 'node:timers/promises';
import { bytesAt, type SoundBytes } from '../sound-bytes.ts';

/** So many bytes without any sound are none: whatever follows is something else. */
export const BARREN_BYTES = 1_048_576;

/** The bytes from there to the end, block by block; everybody else comes to their turn in between. */
export async function* blocks(
  bytes: SoundBytes,
  from: number,
  size: number,
): AsyncGenerator<Uint8Array, void> {
  for (let at = from; ;) {
    const block = await bytesAt(bytes, at, size);
    if (block.length === 0) return;
    at += block.length;
    yield block;
    await setImmediate();
  }
}
