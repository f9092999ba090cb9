import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Recording } from '../../appliance/microphone/recording.ts';
import { SentBytes } from '../../appliance/microphone/sound-bytes.ts';
import { SoundUnreadable } from '../../appliance/microphone/sound.ts';
import { wavBytes } from './wav-bytes.ts';
import { frequency, rmsDb, sine } from './waveform.ts';
import { wholeRecording } from './whole-recording.ts';

const run = promisify(execFile);
let folder: string;

/** One second of 1 kHz at −15 dBFS on the left alone becomes −21 dBFS, as channels are mixed. */
const MIXED_DB = -21.07;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-formats-'));
  const tone = sine({ hz: 1_000, rate: 44_100, seconds: 1, amplitude: 0.25 });
  const channels = [tone, new Float64Array(tone.length)];
  await writeFile(at('tone.wav'), wavBytes({ rate: 44_100, encoding: 's16', channels }));
  const low = sine({ hz: 500, rate: 22_050, seconds: 1, amplitude: 0.25 });
  await writeFile(at('low.wav'), wavBytes({ rate: 22_050, encoding: 's16', channels: [low, low] }));
  const picture = ['-f', 'lavfi', '-i', 'nullsrc=s=640x480,geq=random(1)*255:128:128', '-frames:v', '1'];
  await ffmpeg([...picture, at('cover.png')]);
  await Promise.all([
    ffmpeg(['-i', at('tone.wav'), '-b:a', '128k', at('tone.mp3')]),
    ffmpeg(['-i', at('low.wav'), '-b:a', '64k', '-write_xing', '0', '-id3v2_version', '0', at('low.mp3')]),
    // A picture before the sound makes tags of hundreds of kilobytes.
    ffmpeg(['-i', at('tone.wav'), '-i', at('cover.png'), '-map', '0', '-map', '1', at('tagged.mp3')]),
    ffmpeg(['-i', at('tone.wav'), '-i', at('cover.png'), '-map', '0', '-map', '1', '-disposition:v', 'attached_pic', at('tone.flac')]), // prettier-ignore
    ffmpeg(['-i', at('tone.wav'), '-c:a', 'libvorbis', at('tone.vorbis')]),
    ffmpeg(['-i', at('low.wav'), '-c:a', 'libvorbis', at('low.vorbis')]),
    ffmpeg(['-i', at('tone.wav'), '-c:a', 'libopus', '-b:a', '96k', at('tone.opus')]),
    ffmpeg(['-i', at('low.wav'), '-c:a', 'libopus', '-b:a', '64k', at('low.opus')]),
    ffmpeg(['-i', at('tone.wav'), '-c:a', 'aac', at('tone.m4a')]),
    ffmpeg(['-i', at('tone.wav'), '-c:a', 'aac', '-f', 'adts', at('tone.aac')]),
    ffmpeg(['-i', at('tone.wav'), '-c:a', 'libopus', at('tone.webm')]),
  ]);
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function at(name: string): string {
  return join(folder, name);
}

async function ffmpeg(args: readonly string[]): Promise<void> {
  // Vorbis and Opus under names of our own: what is inside must tell, not the name.
  const to = args.at(-1)!;
  const format = /\.(?:vorbis|opus)$/.test(to) ? ['-f', 'ogg'] : [];
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args.slice(0, -1), ...format, to]);
}

/** What is heard of it, in 24 kHz. */
async function heard(bytes: Uint8Array): Promise<Int16Array> {
  const recording = await Recording.of(new SentBytes(bytes));
  const samples: number[] = [];
  try {
    for (let piece = await recording.next(); piece; piece = await recording.next()) samples.push(...piece);
  } finally {
    await recording.close();
  }
  return Int16Array.from(samples);
}

async function refusal(bytes: Uint8Array): Promise<SoundUnreadable> {
  const error: unknown = await heard(bytes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SoundUnreadable) return error;
  throw new Error('It was not refused.', { cause: error });
}

test.for(['mp3', 'flac', 'vorbis', 'opus', 'm4a', 'aac', 'webm'])(
  'a recording in %s keeps pitch, level and length, from a file as from what was sent',
  async (kind) => {
    const samples = await wholeRecording(at(`tone.${kind}`));
    const middle = samples.subarray(4_800, 19_200);
    expect(frequency(middle)).toBeCloseTo(1_000, 0);
    expect(Math.abs(rmsDb(middle) - MIXED_DB)).toBeLessThan(0.6);
    // An encoder may add up to two of its frames, and its decoder 20 ms for the filter.
    expect(samples.length).toBeGreaterThanOrEqual(23_900);
    expect(samples.length).toBeLessThan(27_000);
    expect(await heard(await readFile(at(`tone.${kind}`)))).toHaveLength(samples.length);
  },
);

test.for(['opus', 'vorbis'])(
  'streams of %s that follow one another are heard one after the other',
  async (kind) => {
    const [tone, low] = await Promise.all([readFile(at(`tone.${kind}`)), readFile(at(`low.${kind}`))]);
    // Of another rate, and of other channels.
    const samples = await heard(Buffer.concat([tone, low, tone]));
    const third = samples.length / 3;
    const hz = [0, 1, 2].map((part) =>
      frequency(samples.subarray(third * part + 6_000, third * part + 18_000)),
    );
    expect(hz.map(Math.round)).toEqual([1_000, 500, 1_000]);
  },
);

test('title and picture before the sound are passed over, and a second title too', async () => {
  const tagged = await readFile(at('tagged.mp3'));
  expect(tagged.subarray(0, 3).toString()).toBe('ID3');
  const twice = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x08TXXX\0\0\0\0', 'latin1'), tagged]);
  expect(frequency((await heard(twice)).subarray(4_800, 19_200))).toBeCloseTo(1_000, 0);
});

test.for(['mp3', 'flac', 'vorbis', 'opus', 'aac'])(
  'of a recording in %s that was cut off what there is is heard',
  async (kind) => {
    const tone = await readFile(at(`tone.${kind}`));
    // Its pages may be of a second: the second of two streams is cut.
    const whole = kind === 'vorbis' ? Buffer.concat([tone, tone]) : tone;
    const samples = await heard(whole.subarray(0, -500));
    expect(samples.length).toBeGreaterThan(12_000);
  },
);

test('damage in the middle costs a moment, not the rest', async () => {
  for (const kind of ['mp3', 'flac', 'opus']) {
    const [tone, low] = await Promise.all([readFile(at(`tone.${kind}`)), readFile(at(`tone.${kind}`))]);
    const middle = Math.round(tone.length * 0.7);
    low.fill(0x55, middle, middle + 200);
    const [well, damaged] = await Promise.all([heard(tone), heard(low)]);
    expect(damaged.length, kind).toBeGreaterThan(well.length * 0.6);
  }
});

test('a loop of a compressed recording goes on at its beginning', async () => {
  const recording = await Recording.open({ path: at('tone.opus'), loop: true });
  let count = 0;
  while (count < 60_000) count += (await recording.next())?.length ?? Infinity;
  await recording.close();
  expect(count).toBeLessThan(Infinity);
});

test('what is no sound is said to be none', async () => {
  expect((await refusal(Buffer.alloc(0))).kind).toBe('empty');
  expect((await refusal(await readFile(at('cover.png')))).message).toMatch(
    /of a kind that the box cannot read/,
  );
  expect((await refusal(Buffer.alloc(100_000))).kind).toBe('broken');
  expect((await refusal(Buffer.from('#EXTM3U\nfile:///etc/passwd\n'))).kind).toBe('broken');
  for (const kind of ['flac', 'vorbis', 'opus', 'm4a']) {
    const whole = await readFile(at(`tone.${kind}`));
    const cut = await refusal(whole.subarray(0, 60));
    expect(['empty', 'broken'], kind).toContain(cut.kind);
  }
});

test('claims of hours and of gigabytes are not believed', async () => {
  const flac = await readFile(at('tone.flac'));
  // STREAMINFO: 2^36 − 1 samples; a picture of 16 MB after it.
  flac.fill(0xff, 22, 26);
  expect((await heard(flac)).length).toBeLessThan(27_000);
  flac.writeUIntBE(0xff_ffff, 4 + 34 + 4 + 1, 3);
  expect((await refusal(flac)).kind).toBe('broken');
  const opus = await readFile(at('tone.opus'));
  const last = opus.lastIndexOf('OggS');
  opus.writeBigInt64LE(2n ** 62n, last + 6);
  expect((await heard(opus)).length).toBeLessThan(27_000);
  const head = Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f', 'latin1');
  expect((await refusal(Buffer.concat([head, flac]))).kind).toBe('broken');
});
