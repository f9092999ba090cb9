import { FLACDecoder } from '@wasm-audio-decoders/flac';
import CodecParser, { type CodecFrame } from 'codec-parser';
import { bytesAt, type SoundBytes } from '../sound-bytes.ts';
import { SoundUnreadable } from '../sound.ts';
import { BARREN_BYTES, blocks } from './blocks.ts';
import type { Piece } from './piece.ts';

const BLOCK_BYTES = 16_384;
/** A real file has a handful of them. */
const MAX_METADATA_BLOCKS = 1_000;
/** Frames in a row that cannot be decoded. */
const MOST_FAILURES = 20;

/** FLAC (RFC 9639). One frame at a time: of a recording of silence, kilobytes hold an hour. */
export async function* decodeFlac(bytes: SoundBytes, start: number): AsyncGenerator<Piece, void> {
  const from = await afterMetadata(bytes, start);
  const parser = new CodecParser<CodecFrame>('audio/flac', { enableFrameCRC32: false });
  const decoder = new FLACDecoder();
  await decoder.ready;
  let barren = 0;
  let failures = 0;
  const decodeAll = async function* (frames: Iterator<CodecFrame>): AsyncGenerator<Piece, void> {
    for (const { data } of { [Symbol.iterator]: () => frames }) {
      const { channelData, sampleRate, samplesDecoded } = await decoder.decodeFrames([data]);
      failures = samplesDecoded > 0 ? 0 : failures + 1;
      if (failures > MOST_FAILURES) return;
      barren = 0;
      if (samplesDecoded > 0) yield { channels: channelData, sampleRate };
    }
  };
  try {
    for await (const block of blocks(bytes, from, BLOCK_BYTES)) {
      barren += block.length;
      yield* decodeAll(parser.parseChunk(block));
      if (barren > BARREN_BYTES || failures > MOST_FAILURES) return;
    }
    yield* decodeAll(parser.flush());
  } finally {
    decoder.free();
  }
}

/** Where the first frame is: pictures and tags before it may be of megabytes (RFC 9639, 8.1). */
async function afterMetadata(bytes: SoundBytes, start: number): Promise<number> {
  let at = start + 4;
  for (let block = 0; block < MAX_METADATA_BLOCKS; block++) {
    const header = await bytesAt(bytes, at, 4);
    if (header.length < 4) break;
    at += 4 + header.readUIntBE(1, 3);
    if (header.readUInt8(0) & 0x80) return at;
  }
  throw new SoundUnreadable('broken', 'is cut off before its sound begins');
}
