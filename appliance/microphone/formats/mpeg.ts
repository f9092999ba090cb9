import { MPEGDecoder } from 'mpg123-decoder';
import type { SoundBytes } from '../sound-bytes.ts';
import { BARREN_BYTES, blocks } from './blocks.ts';
import type { Piece } from './piece.ts';

/** A quarter of a second at most rates: a few milliseconds of work. */
const BLOCK_BYTES = 4_096;

/** MPEG audio, layers I to III (ISO/IEC 11172-3, 13818-3), by mpg123. */
export async function* decodeMpeg(bytes: SoundBytes, start: number): AsyncGenerator<Piece, void> {
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let barren = 0;
  try {
    for await (const block of blocks(bytes, start, BLOCK_BYTES)) {
      const { channelData, sampleRate, samplesDecoded } = decoder.decode(block);
      barren = samplesDecoded > 0 ? 0 : barren + block.length;
      if (barren > BARREN_BYTES) return;
      if (samplesDecoded > 0) yield { channels: channelData, sampleRate };
    }
  } finally {
    decoder.free();
  }
}

/** kbit/s by the header's index: MPEG 1 layers I, II, III; MPEG 2 and 2.5 layer I, layers II and III. */
const BITRATES: readonly (readonly number[])[] = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const RATES = [44_100, 48_000, 32_000];

/** Where two frames of MPEG audio follow one another: one alone is found in anything. Undefined: nowhere. */
export function mpegStart(head: Uint8Array): number | undefined {
  for (let at = 0; at + 4 <= head.length; at++) {
    const length = frameLength(head, at);
    if (length > 0 && frameLength(head, at + length) > 0) return at;
  }
  return undefined;
}

/** Bytes of the frame whose header is there; 0 where there is none (ISO/IEC 11172-3, 2.4.2.3). */
function frameLength(head: Uint8Array, at: number): number {
  const [sync = 0, kind = 0, coding = 0] = head.subarray(at, at + 3);
  const version = (kind >> 3) & 3;
  const layer = 4 - ((kind >> 1) & 3);
  const rate = RATES[(coding >> 2) & 3];
  if (sync !== 0xff || kind < 0xe0 || version === 1 || layer === 4 || rate === undefined) return 0;
  const first = version === 3;
  const kbits = BITRATES[first ? layer - 1 : layer === 1 ? 3 : 4]?.[coding >> 4] ?? 0;
  const sampleRate = rate / (first ? 1 : version === 2 ? 2 : 4);
  const padding = (coding >> 1) & 1;
  if (kbits === 0) return 0;
  if (layer === 1) return (Math.floor((12_000 * kbits) / sampleRate) + padding) * 4;
  const slots = layer === 3 && !first ? 72_000 : 144_000;
  return Math.floor((slots * kbits) / sampleRate) + padding;
}
