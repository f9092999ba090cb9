import { OggVorbisDecoder, type OggVorbisDecodedAudio } from '@wasm-audio-decoders/ogg-vorbis';
import type { SoundBytes } from '../sound-bytes.ts';
import { type OggPage, oggPages } from './ogg-pages.ts';
import type { Piece } from './piece.ts';

const MAX_CHANNELS = 8;

/** Vorbis in Ogg (Vorbis I, appendix A), a page at a time; streams that follow one another too. */
export async function* decodeVorbis(bytes: SoundBytes, start: number): AsyncGenerator<Piece, void> {
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  let serial: number | undefined;
  try {
    for await (const page of oggPages(bytes, start)) {
      if (page.first && isVorbis(page)) {
        if (serial !== undefined) yield* piece(await decoder.flush());
        serial = page.serial;
      }
      if (page.serial !== serial) continue;
      yield* piece(await decoder.decode(page.bytes));
      if (!page.last) continue;
      // It keeps the last page back, and begins anew afterwards.
      yield* piece(await decoder.flush());
      serial = undefined;
    }
    if (serial !== undefined) yield* piece(await decoder.flush());
  } finally {
    decoder.free();
  }
}

function* piece({ channelData, sampleRate }: OggVorbisDecodedAudio): Generator<Piece, void> {
  if (channelData.length > 0) yield { channels: channelData, sampleRate };
}

/** The identification header (Vorbis I, 4.2.2). */
function isVorbis({ body }: OggPage): boolean {
  if (body.length < 30 || body.toString('latin1', 0, 7) !== '\x01vorbis') return false;
  const channels = body.readUInt8(11);
  return channels >= 1 && channels <= MAX_CHANNELS;
}
