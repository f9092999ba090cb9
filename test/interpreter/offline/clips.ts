import { readFileSync } from 'node:fs';
import { Resampler } from '../../../appliance/floor/resampler.ts';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import type { Interpreter } from '../../../appliance/interpreter/interpreter.ts';

const LIBRIVOX = '/usr/share/pocketsphinx/test/data/librivox';
const WAV_HEADER_BYTES = 44;

/** Human speech of Debian's pocketsphinx-testdata: mono s16 at 16 kHz. */
export type Clip = '0870' | '0880' | '0890' | '0920' | '0930';

export function clipAt16k(clip: Clip): Int16Array {
  const bytes = readFileSync(`${LIBRIVOX}/sense_and_sensibility_01_austen_64kb-${clip}.wav`).subarray(
    WAV_HEADER_BYTES,
  );
  const samples = new Int16Array(bytes.length / 2);
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(2 * i);
  return samples;
}

/** The clip as the floor carries it. */
export function clip(name: Clip): Int16Array {
  return new Resampler({ from: 16_000, to: FLOOR_RATE }).process(clipAt16k(name));
}

/** A quiet room: noise at about -66 dBFS. */
export function roomNoise(seconds: number): Int16Array {
  let seed = 1;
  return Int16Array.from({ length: seconds * FLOOR_RATE }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.round((seed / 2_147_483_647 - 0.5) * 56);
  });
}

/** Feeds every interpreter as the floor does, as fast as they take it. The buffer is reused, as the floor's is. */
export function say(
  interpreters: readonly Pick<Interpreter, 'hear'>[],
  ...parts: readonly Int16Array[]
): void {
  const samples = new Int16Array(FLOOR_FRAME_SAMPLES);
  for (const part of parts) {
    for (let at = 0; at + FLOOR_FRAME_SAMPLES <= part.length; at += FLOOR_FRAME_SAMPLES) {
      samples.set(part.subarray(at, at + FLOOR_FRAME_SAMPLES));
      const frame = { samples, capturedAt: performance.now(), blank: false, voiced: true };
      for (const interpreter of interpreters) interpreter.hear(frame);
      samples.fill(0);
    }
  }
}
