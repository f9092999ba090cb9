import { bytesAt, type SoundBytes } from '../sound-bytes.ts';
import { decodeByFfmpeg } from './ffmpeg.ts';
import { decodeFlac } from './flac.ts';
import { decodeMpeg, mpegStart } from './mpeg.ts';
import { decodeOpus } from './opus.ts';
import type { Decode } from './piece.ts';
import { decodeVorbis } from './vorbis.ts';

/** How the sound is written, by its own first bytes: a name may say anything. */
export type SoundFormat =
  | { readonly kind: 'wav' }
  | { readonly kind: 'compressed'; readonly decode: Decode; readonly start: number }
  | { readonly kind: 'unknown' };

const HEAD_BYTES = 16_384;
/** More than one is written by careless programs. */
const MAX_TAGS = 4;

export async function soundFormat(bytes: SoundBytes): Promise<SoundFormat> {
  let start = 0;
  let head = await bytesAt(bytes, 0, HEAD_BYTES);
  for (let tag = 0; tag < MAX_TAGS && isTag(head); tag++) {
    start += tagLength(head);
    head = await bytesAt(bytes, start, HEAD_BYTES);
  }
  if (start === 0 && ['RIFF', 'RF64', 'BW64'].includes(textAt(head, 0, 4))) return { kind: 'wav' };
  const known = decoderOf(head);
  if (known) return { kind: 'compressed', decode: known, start };
  const sound = mpegStart(head);
  return sound === undefined
    ? { kind: 'unknown' }
    : { kind: 'compressed', decode: decodeMpeg, start: start + sound };
}

function decoderOf(head: Buffer): Decode | undefined {
  if (textAt(head, 0, 4) === 'fLaC') return decodeFlac;
  if (textAt(head, 0, 4) === 'OggS') return oggDecoder(head);
  if (textAt(head, 4, 4) === 'ftyp') return decodeByFfmpeg('mov', 'AAC (M4A)');
  if (head.length > 4 && head.readUInt32BE(0) === 0x1a45dfa3) return decodeByFfmpeg('matroska', 'WebM');
  // ADTS (ISO/IEC 14496-3, 1.A.2): as MPEG audio, but of the layer that there is not.
  if (head.length > 7 && (head.readUInt16BE(0) & 0xfff6) === 0xfff0) return decodeByFfmpeg('aac', 'AAC');
  return undefined;
}

/** All streams that are heard at once begin before anything else (RFC 3533, 4): with pictures, perhaps after another. */
function oggDecoder(head: Buffer): Decode | undefined {
  if (head.includes('OpusHead', 0, 'latin1')) return decodeOpus;
  return head.includes('\x01vorbis', 0, 'latin1') ? decodeVorbis : undefined;
}

/** ID3v2 (section 3.1): title and pictures, before the sound. */
function isTag(head: Buffer): boolean {
  return head.length >= 10 && textAt(head, 0, 3) === 'ID3';
}

function tagLength(head: Buffer): number {
  const size = [...head.subarray(6, 10)].reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const footer = head.readUInt8(5) & 0x10 ? 10 : 0;
  return 10 + size + footer;
}

function textAt(head: Buffer, at: number, length: number): string {
  return head.toString('latin1', at, at + length);
}
