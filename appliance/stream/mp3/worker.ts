import { parentPort } from 'node:worker_threads';
import { Decoder } from '@evan/opus';
import { createMp3Encoder } from 'wasm-media-encoders';
import { FLOOR_RATE } from '../../floor/floor-frame.ts';
import type { FromMp3, ToMp3 } from './messages.ts';

/** Mono speech: what an MP3 at half the rate of music is worth. */
const KILOBITS = 64;
/** Longest Opus packet: 120 ms. */
const LONGEST = (FLOOR_RATE * 120) / 1_000;

/** One stream's way from Opus to MP3. */
class Transcoder {
  private readonly decoder = new Decoder({ channels: 1, sample_rate: FLOOR_RATE });
  private readonly encoder: Awaited<ReturnType<typeof createMp3Encoder>>;
  private readonly samples = new Float32Array(LONGEST);

  constructor(encoder: Awaited<ReturnType<typeof createMp3Encoder>>) {
    this.encoder = encoder;
    encoder.configure({ channels: 1, sampleRate: FLOOR_RATE, bitrate: KILOBITS });
  }

  /** @returns a copy. */
  convert(payload: Uint8Array): Uint8Array {
    const bytes = this.decoder.decode(payload);
    const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 1);
    for (let i = 0; i < pcm.length; i++) this.samples[i] = (pcm[i] ?? 0) / 32_768;
    return this.encoder.encode([this.samples.subarray(0, pcm.length)]).slice();
  }
}

/** The thread in which channels become MP3: it would take the guide's voice too much of the main one. */
const port = parentPort;
if (!port) throw new Error('MP3 is made in a worker thread.');
const transcoders = new Map<number, Promise<Transcoder>>();

const transcoderOf = (stream: number): Promise<Transcoder> => {
  const known = transcoders.get(stream) ?? createMp3Encoder().then((encoder) => new Transcoder(encoder));
  transcoders.set(stream, known);
  return known;
};

const convert = async (stream: number, payload: Uint8Array): Promise<void> => {
  // All of a stream wait for the same promise, so they stay in order.
  const bytes = (await transcoderOf(stream)).convert(payload);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  if (bytes.length > 0) port.postMessage({ stream, bytes } satisfies FromMp3);
};

port.on('message', ({ stream, payload }: ToMp3) => {
  if (payload) void convert(stream, payload);
  else transcoders.delete(stream);
});
