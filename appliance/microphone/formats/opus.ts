import { OpusDecoder } from 'opus-decoder';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import type { SoundBytes } from '../sound-bytes.ts';
import { OggPackets } from './ogg-packets.ts';
import { oggPages } from './ogg-pages.ts';
import { type OpusHead, opusHead } from './opus-head.ts';
import type { Piece } from './piece.ts';

type Decoder = OpusDecoder<typeof FLOOR_RATE>;

/** Samples at 48 kHz, Opus's own count, for one of the floor's. */
const COUNT = 48_000 / FLOOR_RATE;

/** One stream of a file: several may follow one another (a chain; RFC 3533, 4). */
interface Stream {
  readonly serial: number;
  readonly head: OpusHead;
  readonly decoder: Decoder;
  readonly packets: OggPackets;
  /** The tags have passed, which come first (RFC 7845, 5.2). */
  tagged: boolean;
  /** Samples given so far. */
  given: number;
}

/** Opus in Ogg (RFC 7845), decoded at the floor's own rate. */
export async function* decodeOpus(bytes: SoundBytes, start: number): AsyncGenerator<Piece, void> {
  let stream: Stream | undefined;
  try {
    for await (const page of oggPages(bytes, start)) {
      const head = page.first ? opusHead(page.body) : undefined;
      if (head) {
        stream?.decoder.free();
        stream = undefined;
        const decoder = await decoderOf(head);
        stream = { serial: page.serial, head, decoder, packets: new OggPackets(), tagged: false, given: 0 };
      } else if (stream && page.serial === stream.serial) {
        const end = page.last ? (page.granule - stream.head.preSkip) / COUNT : Infinity;
        for (const packet of stream.packets.of(page)) {
          const piece = pieceOf(stream, packet, end);
          if (piece) yield piece;
        }
      }
    }
  } finally {
    stream?.decoder.free();
  }
}

async function decoderOf(head: OpusHead): Promise<Decoder> {
  const { channels, streamCount, coupledStreamCount, channelMappingTable, preSkip } = head;
  const decoder: Decoder = new OpusDecoder({
    sampleRate: FLOOR_RATE,
    channels,
    streamCount,
    coupledStreamCount,
    channelMappingTable: [...channelMappingTable],
    preSkip: Math.round(preSkip / COUNT),
  });
  await decoder.ready;
  return decoder;
}

/** @param end samples of the stream that are to be heard: the last packet is filled up (RFC 7845, 4.4). */
function pieceOf(stream: Stream, packet: Buffer, end: number): Piece | undefined {
  const isTags = !stream.tagged && packet.toString('latin1', 0, 8) === 'OpusTags';
  stream.tagged = true;
  if (isTags || packet.length === 0) return undefined;
  const { channelData, samplesDecoded } = stream.decoder.decodeFrame(packet);
  // A stream that was cut out of a longer one does not begin at 0: its count says nothing of its length.
  const before = stream.given;
  stream.given += samplesDecoded;
  const heard = end > before && end < stream.given ? Math.floor(end - before) : samplesDecoded;
  const { gain } = stream.head;
  const channels = channelData.map((channel) => {
    const samples = channel.subarray(0, heard);
    return gain === 1 ? samples : samples.map((sample) => sample * gain);
  });
  return { channels, sampleRate: FLOOR_RATE };
}
