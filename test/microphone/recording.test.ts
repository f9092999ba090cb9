import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Recording } from '../../appliance/microphone/recording.ts';
import { UbizoError } from '../../appliance/protocol/errors.ts';
import { chunk, container, longSizes, riff, wavBytes, type WavBytes } from './wav-bytes.ts';
import { frequency, rmsDb, sine } from './waveform.ts';
import { wholeRecording } from './whole-recording.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ubizo-wav-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function file(name: string, content: Buffer | WavBytes): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, Buffer.isBuffer(content) ? content : wavBytes(content));
  return path;
}

async function refusal(path: string): Promise<UbizoError> {
  const error: unknown = await Recording.open({ path, loop: false }).then(
    (recording) => recording.close(),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UbizoError)) throw new Error('It was not refused.', { cause: error });
  return error;
}

/** A 1 kHz tone of a quarter of full scale has −15.05 dBFS. */
const QUARTER_DB = -15.05;

test.for([
  ['u8', 24_000, false],
  ['u8', 8_000, false],
  ['s16', 8_000, false],
  ['s16', 16_000, false],
  ['s16', 24_000, false],
  ['s16', 44_100, false],
  ['s16', 48_000, true],
  ['s24', 44_100, true],
  ['s24', 96_000, false],
  ['s32', 48_000, true],
  ['f32', 44_100, false],
  ['f32', 192_000, true],
  ['f64', 22_050, false],
] as const)(
  '%s at %i Hz (extensible: %s) keeps pitch, level and length',
  async ([encoding, rate, extensible]) => {
    const tone = sine({ hz: 1_000, rate, seconds: 1, amplitude: 0.25 });
    const samples = await wholeRecording(
      await file('tone.wav', { rate, encoding, extensible, channels: [tone, tone] }),
    );
    const middle = samples.subarray(2_400, 21_600);
    expect(frequency(middle)).toBeCloseTo(1_000, 1);
    // Eight bits are coarse: at 8 kHz the tone falls on the same eight steps again and again.
    expect(Math.abs(rmsDb(middle) - QUARTER_DB)).toBeLessThan(encoding === 'u8' ? 0.15 : 0.02);
    // Whole, and at most 10 ms of silence after it.
    expect(samples.length).toBeGreaterThanOrEqual(24_000);
    expect(samples.length).toBeLessThan(24_240 + 480);
  },
);

test.for([
  [44_100, 13_000],
  [48_000, 15_000],
  [48_000, 20_000],
  [96_000, 30_000],
])('at %i Hz a tone of %i Hz, too high for the floor, leaves no ghost', async ([rate, hz]) => {
  const tone = sine({ hz: hz!, rate: rate!, seconds: 0.5, amplitude: 0.9 });
  const samples = await wholeRecording(
    await file('high.wav', { rate: rate!, encoding: 's24', channels: [tone] }),
  );
  expect(rmsDb(samples.subarray(1_200, 10_800))).toBeLessThan(-85);
});

test('the channels are mixed, so that a lavalier on one side is heard', async () => {
  const tone = sine({ hz: 1_000, rate: 24_000, seconds: 0.5, amplitude: 0.5 });
  const channels = [tone, new Float64Array(tone.length)];
  const samples = await wholeRecording(await file('left.wav', { rate: 24_000, encoding: 's16', channels }));
  expect(rmsDb(samples)).toBeCloseTo(QUARTER_DB, 1);
});

test('chunks before the format, of odd length too, are passed over', async () => {
  const tone = sine({ hz: 1_000, rate: 24_000, seconds: 0.1, amplitude: 0.25 });
  const path = await file('bext.wav', { rate: 24_000, encoding: 's16', channels: [tone], junk: 70_001 });
  expect(await wholeRecording(path)).toHaveLength(2_400);
});

test('a recording that was cut off plays what there is', async () => {
  const tone = sine({ hz: 1_000, rate: 24_000, seconds: 1, amplitude: 0.25 });
  const path = await file('cut.wav', { rate: 24_000, encoding: 's16', channels: [tone] });
  await truncate(path, 24_001);
  const samples = await wholeRecording(path);
  expect(samples.length).toBeGreaterThan(11_900);
  expect(rmsDb(samples)).toBeCloseTo(QUARTER_DB, 1);
});

test('a recording whose recorder lost power, without lengths, plays what there is', async () => {
  const tone = sine({ hz: 1_000, rate: 24_000, seconds: 1, amplitude: 0.25 });
  const bytes = wavBytes({ rate: 24_000, encoding: 's16', channels: [tone] });
  bytes.writeUInt32LE(0, 4);
  bytes.writeUInt32LE(0, bytes.indexOf('data') + 4);
  expect(await wholeRecording(await file('power.wav', bytes))).toHaveLength(24_000);
});

const format = wavBytes({ rate: 24_000, encoding: 's16', channels: [new Float64Array(0)] }).subarray(20, 36);

/** One second: 48,000 bytes of data. */
const SECOND = sine({ hz: 1_000, rate: 24_000, seconds: 1, amplitude: 0.25 });
const sound = wavBytes({ rate: 24_000, encoding: 's16', channels: [SECOND] });
const data = sound.subarray(sound.indexOf('data') + 8);
/** Text of a producer, as loud as anything when it is taken for sound. */
const AXML = chunk('axml', Buffer.alloc(96_000, '<ebuCoreMain>'));
const LONG = 0xffff_ffff;

/** A chunk with another length in its header than its body has. */
function saying(length: number, whole: Buffer): Buffer {
  const bytes = Buffer.from(whole);
  bytes.writeUInt32LE(length, 4);
  return bytes;
}

async function expectSecondOf(name: string, bytes: Buffer): Promise<void> {
  const samples = await wholeRecording(await file(`${name}.wav`, bytes));
  expect(samples, name).toHaveLength(24_000);
  expect(rmsDb(samples), name).toBeCloseTo(QUARTER_DB, 1);
}

test.for(['RF64', 'BW64'])(
  'of %s, whose sizes stand in ds64, the sound is played and no more',
  async (id) => {
    const fmt = chunk('fmt ', format);
    const ds64 = longSizes({ data: 48_000 });
    const long = saying(LONG, chunk('data', data));
    await expectSecondOf(id, saying(LONG, container(id, [ds64, fmt, long, AXML])));
    const withTable = longSizes({ data: 48_000, others: { cues: 1_000, axml: AXML.length - 8 } });
    const before = [withTable, fmt, saying(LONG, AXML), long, AXML];
    await expectSecondOf(`${id}-table`, saying(LONG, container(id, before)));
    const short = [longSizes({ data: 0 }), fmt, chunk('data', data), AXML];
    await expectSecondOf(`${id}-small`, saying(LONG, container(id, short)));
  },
);

test.for(['RF64', 'BW64'])('of %s whose recorder lost power the sound is played', async (id) => {
  const fmt = chunk('fmt ', format);
  const long = saying(LONG, chunk('data', data));
  await expectSecondOf(
    `${id}-zeros`,
    saying(LONG, container(id, [longSizes({ file: 0, data: 0 }), fmt, long])),
  );
  await expectSecondOf(`${id}-bare`, saying(LONG, container(id, [fmt, long])));
  // As space for it was kept, and never needed.
  const kept = chunk('JUNK', Buffer.alloc(28));
  await expectSecondOf(`${id}-kept`, saying(LONG, riff([kept, fmt, saying(0, chunk('data', data))])));
});

test('a recording whose recorder crashed is played to the end of the file', async () => {
  const fmt = chunk('fmt ', format);
  // Python's wave writes these before the first sample, and the right ones when it is closed.
  await expectSecondOf('python', saying(36, riff([fmt, saying(0, chunk('data', data))])));
  const list = chunk('LIST', Buffer.from('INFOISFT\x05\0\0\0tests\0', 'latin1'));
  await expectSecondOf('listed', saying(36 + list.length, riff([fmt, list, saying(0, chunk('data', data))])));
  await expectSecondOf('pipe', saying(LONG, riff([fmt, saying(LONG, chunk('data', data))])));
  await expectSecondOf('guess', saying(0x7fff_f024, riff([fmt, saying(0x7fff_f000, chunk('data', data))])));
});

test('a chunk after the sound is not played, nor that after no sound', async () => {
  const fmt = chunk('fmt ', format);
  await expectSecondOf('after', riff([fmt, chunk('data', data), AXML]));
  const none = await refusal(await file('none.wav', riff([fmt, chunk('data', Buffer.alloc(0)), AXML])));
  expect(none.code).toBe('microphone_file_empty');
});

test('sizes that are cut off or beyond all bounds are no reason to fall', async () => {
  const fmt = chunk('fmt ', format);
  const long = saying(LONG, chunk('data', data));
  const huge = longSizes({ data: Number.MAX_SAFE_INTEGER, others: { axml: Number.MAX_SAFE_INTEGER } });
  await expectSecondOf('huge', saying(LONG, container('RF64', [huge, fmt, long])));
  const lying = longSizes({ data: 48_000 });
  lying.writeUInt32LE(4_000_000_000, 8 + 24);
  await expectSecondOf('lying', saying(LONG, container('RF64', [lying, fmt, long, AXML])));
  const cut = chunk('ds64', Buffer.alloc(12));
  await expectSecondOf('short', saying(LONG, container('RF64', [cut, fmt, long])));
});

test('numbers that are none, and sound beyond full scale, do not break what follows', async () => {
  const tone = sine({ hz: 1_000, rate: 48_000, seconds: 1, amplitude: 0.25 });
  tone.fill(Number.NaN, 100, 110);
  tone.fill(Number.POSITIVE_INFINITY, 200, 210);
  tone.fill(50, 300, 310);
  const samples = await wholeRecording(
    await file('nan.wav', { rate: 48_000, encoding: 'f32', channels: [tone] }),
  );
  expect(rmsDb(samples.subarray(2_400, 21_600))).toBeCloseTo(QUARTER_DB, 1);
});

test('a loop goes on without a gap', async () => {
  // Ten whole periods, so that a seam would be the only irregularity.
  const tone = sine({ hz: 1_000, rate: 16_000, seconds: 0.1, amplitude: 0.25 });
  const path = await file('loop.wav', { rate: 16_000, encoding: 's16', channels: [tone] });
  const recording = await Recording.open({ path, loop: true });
  const pieces: number[] = [];
  for (let i = 0; i < 20; i++) pieces.push(...((await recording.next()) ?? []));
  await recording.close();
  expect(pieces.length).toBeGreaterThan(47_000);
  const samples = Int16Array.from(pieces).subarray(480);
  expect(frequency(samples)).toBeCloseTo(1_000, 1);
  for (let at = 0; at + 480 <= samples.length; at += 480) {
    expect(rmsDb(samples.subarray(at, at + 480))).toBeCloseTo(QUARTER_DB, 1);
  }
});

test('a recording that is not there is named, without its folder', async () => {
  const error = await refusal(join(folder, 'nothing.wav'));
  expect(error.code).toBe('microphone_file_missing');
  expect(error.message).toContain('“nothing.wav” is not there');
  expect(error.message).not.toContain(folder);
});

test.for([
  ['no bytes', Buffer.alloc(0), 'microphone_file_empty'],
  ['no samples', riff([chunk('fmt ', format), chunk('data', Buffer.alloc(0))]), 'microphone_file_empty'],
  ['half a sample', riff([chunk('fmt ', format), chunk('data', Buffer.alloc(1))]), 'microphone_file_empty'],
  ['noise', Buffer.from('Not a recording at all, but a letter to a friend.'), 'microphone_file_broken'],
  ['three bytes', Buffer.from('RIF'), 'microphone_file_broken'],
  ['a header cut in the format', riff([chunk('fmt ', format)]).subarray(0, 30), 'microphone_file_broken'],
  ['a format and no data', riff([chunk('fmt ', format)]), 'microphone_file_broken'],
  ['data and no format', riff([chunk('data', Buffer.alloc(960))]), 'microphone_file_broken'],
  ['zeros', Buffer.alloc(10_000), 'microphone_file_broken'],
  [
    'a format of zeros',
    riff([chunk('fmt ', Buffer.alloc(16)), chunk('data', Buffer.alloc(9))]),
    'microphone_file_broken',
  ],
  [
    'channels and no bytes',
    riff([chunk('fmt ', withFormat({ frameBytes: 0 })), chunk('data', Buffer.alloc(9))]),
    'microphone_file_broken',
  ],
  [
    'MP3 in WAV',
    riff([chunk('fmt ', withFormat({ tag: 0x55 })), chunk('data', Buffer.alloc(960))]),
    'microphone_file_broken',
  ],
  [
    'no channels',
    riff([chunk('fmt ', withFormat({ channels: 0 })), chunk('data', Buffer.alloc(960))]),
    'microphone_file_broken',
  ],
  [
    'a rate of 1 Hz',
    riff([chunk('fmt ', withFormat({ rate: 1 })), chunk('data', Buffer.alloc(960))]),
    'microphone_file_broken',
  ],
] as const)('%s for a recording is refused in words', async ([name, bytes, code]) => {
  // prettier-ignore
  const error = await refusal(await file(`${name}.wav`, bytes));
  expect(error.code).toBe(code);
  expect(error.message).toContain(`“${name}.wav”`);
});

test('a folder for a recording is refused in words', async () => {
  expect((await refusal(folder)).message).toMatch(/is not a file/);
});

function withFormat({ tag = 1, channels = 1, rate = 24_000, frameBytes = 2 }): Buffer {
  const bytes = Buffer.from(format);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(channels, 2);
  bytes.writeUInt32LE(rate, 4);
  bytes.writeUInt16LE(frameBytes, 12);
  return bytes;
}
