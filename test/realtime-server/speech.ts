import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { voiceOf } from './sentences.ts';

const run = promisify(execFile);

const RATE = 24_000;
const TONE_SECONDS = 1.2;
const TONE_LEVEL = 8_000;

/** Makes the stand-in's speech with espeak-ng, 24 kHz mono, and keeps it: tests say the same things again. */
export class Speech {
  private readonly made = new Map<string, Promise<Int16Array>>();

  /** Rejects when espeak-ng is not installed. */
  say(language: string, text: string): Promise<Int16Array> {
    const key = `${language} ${text}`;
    const made = this.made.get(key) ?? synthesize(language, text);
    this.made.set(key, made);
    return made;
  }
}

async function synthesize(language: string, text: string): Promise<Int16Array> {
  const { stdout } = await run('espeak-ng', ['--stdout', '-v', voiceOf(language), text], {
    encoding: 'buffer',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  const { samples, rate } = readWav(stdout);
  return resample(samples, rate);
}

/** 16-bit mono WAV. A length that was not known when it was written (a pipe) means: to the end. */
export function readWav(file: Buffer): { samples: Int16Array; rate: number } {
  let rate = RATE;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    if (name === 'fmt ') rate = file.readUInt32LE(at + 12);
    if (name === 'data') {
      const end = Math.min(file.length, at + 8 + length);
      const samples = new Int16Array((end - at - 8) >> 1);
      for (let index = 0; index < samples.length; index++) {
        samples[index] = file.readInt16LE(at + 8 + index * 2);
      }
      return { samples, rate };
    }
    at += 8 + length + (length & 1);
  }
  throw new Error('This is not a WAV file with samples in it.');
}

/** To 24 kHz, by straight lines. */
export function resample(samples: Int16Array, rate: number): Int16Array {
  const resampled = new Int16Array(Math.floor((samples.length * RATE) / rate));
  for (let index = 0; index < resampled.length; index++) {
    const at = (index * rate) / RATE;
    const before = samples[Math.floor(at)] ?? 0;
    const after = samples[Math.floor(at) + 1] ?? before;
    resampled[index] = before + (after - before) * (at % 1);
  }
  return resampled;
}

export function tone(hertz: number): Int16Array {
  return Int16Array.from(
    { length: TONE_SECONDS * RATE },
    (_, index) => TONE_LEVEL * Math.sin((2 * Math.PI * hertz * index) / RATE),
  );
}
