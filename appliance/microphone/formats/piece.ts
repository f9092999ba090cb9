import type { SoundBytes } from '../sound-bytes.ts';

/** Sound as a decoder gives it: all channels are of the same length. Read before the next one is asked for. */
export interface Piece {
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

/**
 * Decodes from the byte at `start` to the end, a little at a time. Whoever asks for no more calls `return()`, which lets go
 * of the decoder. @throws SoundUnreadable when there is nothing in it that could be read.
 */
export type Decode = (bytes: SoundBytes, start: number) => AsyncGenerator<Piece, void>;
