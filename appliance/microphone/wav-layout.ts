import { bytesAt as bytesOf, type SoundBytes } from './sound-bytes.ts';
import { ELSEWHERE, LONG_SIZES_MOST_BYTES, LongSizes } from './wav-long-sizes.ts';

/**
 * Where a WAV file's samples are and what they look like (Microsoft RIFF WAVE; RF64 of EBU Tech 3306, BW64 of ITU-R
 * BS.2088). Own code because the packages that decode WAV want the whole file in memory and give up on a cut one.
 */
export type WavLayout = (
  | { readonly encoding: 'integer'; readonly sampleBytes: 1 | 2 | 3 | 4 }
  | { readonly encoding: 'float'; readonly sampleBytes: 4 | 8 }
) & {
  readonly sampleRate: number;
  readonly channels: number;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  /** Offsets in the file; `dataEnd` is never beyond its end. */
  readonly dataStart: number;
  readonly dataEnd: number;
};

type WavFormat = Omit<WavLayout, 'dataStart' | 'dataEnd'>;

/** The file ends, or turns to something else, before its sound begins. */
export class WavCut extends Error {}

/** A WAV file, but not of samples that can be played; the message goes on from “the recording …”. */
export class WavUnsupported extends Error {}

const PCM = 0x0001;
const IEEE_FLOAT = 0x0003;
const EXTENSIBLE = 0xfffe;
/** What libsamplerate can turn into 24 kHz without a thought; beyond lies nothing that a microphone makes. */
const SAMPLE_RATES = { min: 4_000, max: 384_000 };
const MAX_CHANNELS = 64;
/** A real file has a dozen chunks; garbage may look like millions. */
const MAX_CHUNKS = 1_000;
const CONTAINERS: readonly string[] = ['RIFF', 'RF64', 'BW64'];

/** @throws WavCut, WavUnsupported, SoundUnreadable. */
export async function wavLayout(file: SoundBytes): Promise<WavLayout> {
  const { size } = file;
  const riff = await bytesAt(file, 0, 12);
  const container = riff.toString('latin1', 0, 4);
  if (!CONTAINERS.includes(container) || riff.toString('latin1', 8, 12) !== 'WAVE') {
    throw new WavCut('no RIFF WAVE header');
  }

  let format: WavFormat | undefined;
  let long: LongSizes | undefined;
  const sizeOf = (header: Buffer, id: string): number => {
    const said = header.readUInt32LE(4);
    return said === ELSEWHERE ? (long?.of(id) ?? ELSEWHERE) : said;
  };
  let at = 12;
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk++) {
    const header = await bytesAt(file, at, 8);
    const id = header.toString('latin1', 0, 4);
    const length = sizeOf(header, id);
    at += 8;
    if (id === 'fmt ') {
      format = wavFormat(await bytesAt(file, at, Math.min(length, 40)));
    } else if (id === 'ds64' && container !== 'RIFF') {
      long = new LongSizes(await bytesAt(file, at, Math.min(length, LONG_SIZES_MOST_BYTES)));
    } else if (id === 'data') {
      if (!format) throw new WavCut('no format before the data');
      // A recorder that lost its power has written no lengths, or those of a file without sound; one that writes
      // into a pipe cannot know them.
      const end = 8 + sizeOf(riff, container);
      const unfinished = length === 0 && (end <= at || end === 8 + ELSEWHERE);
      const unknown = unfinished || length === ELSEWHERE;
      return { ...format, dataStart: at, dataEnd: unknown ? size : Math.min(at + length, size) } as WavLayout;
    }
    // Chunks begin at even offsets.
    at += length + (length % 2);
  }
  throw new WavCut('no data');
}

function wavFormat(bytes: Buffer): WavFormat {
  if (bytes.length < 16) throw new WavCut('format too short');
  const tag = bytes.readUInt16LE(0);
  const code = tag === EXTENSIBLE && bytes.length >= 26 ? bytes.readUInt16LE(24) : tag;
  const channels = bytes.readUInt16LE(2);
  const sampleRate = bytes.readUInt32LE(4);
  const frameBytes = bytes.readUInt16LE(12);
  // 12 and 20 bits fill the upper part of 16 and 24: the bytes say how to read them, the bits do not.
  const sampleBytes = frameBytes / channels;
  if (code !== PCM && code !== IEEE_FLOAT)
    throw new WavUnsupported('is compressed, which the box cannot play');
  if (channels < 1 || channels > MAX_CHANNELS) throw new WavUnsupported(`says it has ${channels} channels`);
  if (sampleRate < SAMPLE_RATES.min || sampleRate > SAMPLE_RATES.max) {
    throw new WavUnsupported(`says it has ${sampleRate} samples a second`);
  }
  const shape = { sampleRate, channels, frameBytes };
  if (code === PCM && (sampleBytes === 1 || sampleBytes === 2 || sampleBytes === 3 || sampleBytes === 4)) {
    return { ...shape, encoding: 'integer', sampleBytes };
  }
  if (code === IEEE_FLOAT && (sampleBytes === 4 || sampleBytes === 8)) {
    return { ...shape, encoding: 'float', sampleBytes };
  }
  throw new WavUnsupported(`has samples of ${sampleBytes * 8} bits, which the box cannot play`);
}

async function bytesAt(file: SoundBytes, position: number, length: number): Promise<Buffer> {
  const bytes = await bytesOf(file, position, length);
  if (bytes.length < length) throw new WavCut('the file ends here');
  return bytes;
}
