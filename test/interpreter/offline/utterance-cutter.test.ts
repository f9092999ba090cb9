import { expect, it } from 'vitest';
import {
  HEARING_FRAME_SAMPLES,
  HEARING_RATE,
  UtteranceCutter,
} from '../../../appliance/interpreter/offline/utterance-cutter.ts';
import { clipAt16k, type Clip } from './clips.ts';

/** White noise, dBFS. */
function noise(seconds: number, db: number): Int16Array {
  let seed = 7;
  const amplitude = 32_768 * 10 ** (db / 20) * Math.sqrt(12);
  return Int16Array.from({ length: Math.round(seconds * HEARING_RATE) }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return Math.round((seed / 2_147_483_647 - 0.5) * amplitude);
  });
}

/** Speech in a place that is as loud as `db`. */
function speechIn(db: number, ...parts: (number | Clip)[]): Int16Array {
  const speech = parts.map((part) =>
    typeof part === 'number' ? new Int16Array(part * HEARING_RATE) : clipAt16k(part),
  );
  const all = Int16Array.from(speech.flatMap((samples) => [...samples]));
  const background = noise(all.length / HEARING_RATE, db);
  return all.map((sample, i) => sample + (background[i] ?? 0));
}

function cut(samples: Int16Array, { blank = false }: { blank?: boolean } = {}): number[] {
  const lengths: number[] = [];
  const cutter = new UtteranceCutter({ onUtterance: (u) => lengths.push(u.length / HEARING_RATE) });
  push(cutter, samples, blank);
  return lengths;
}

function push(cutter: UtteranceCutter, samples: Int16Array, blank = false): void {
  for (let at = 0; at + HEARING_FRAME_SAMPLES <= samples.length; at += HEARING_FRAME_SAMPLES) {
    cutter.push(samples.subarray(at, at + HEARING_FRAME_SAMPLES), blank);
  }
}

for (const db of [-70, -50, -42]) {
  it(`finds two sentences in a place as loud as ${db} dBFS, with what comes just before and after`, () => {
    const lengths = cut(speechIn(db, 2, '0880', 1.5, '0930', 1.5));
    expect(lengths).toHaveLength(2);
    expect(lengths[0]).toBeGreaterThan(2.6);
    expect(lengths[0]).toBeLessThan(3.8);
    expect(lengths[1]).toBeGreaterThan(2.8);
  });
}

it('hears a sentence that is the very first sound', () => {
  expect(cut(speechIn(-70, '0930', 1))).toHaveLength(1);
});

it('learns a louder place within seconds and then stays quiet', () => {
  const lengths = cut(Int16Array.from([...noise(3, -65), ...noise(30, -40)]));
  expect(lengths.length).toBeLessThanOrEqual(1);
});

it('takes neither a click nor a rumble for speech', () => {
  const samples = noise(4, -65);
  for (let i = 0; i < 500; i += 1) samples[32_000 + i] = i % 2 === 0 ? 20_000 : -20_000;
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = (samples[i] ?? 0) + 100 * Math.sin((2 * Math.PI * 30 * i) / HEARING_RATE);
  }
  expect(cut(samples)).toEqual([]);
});

it('is not made deaf to the room by a muted microphone', () => {
  const lengths: number[] = [];
  const cutter = new UtteranceCutter({ onUtterance: (u) => lengths.push(u.length) });
  push(cutter, noise(5, -48));
  push(cutter, new Int16Array(10 * HEARING_RATE), true);
  push(cutter, noise(5, -48));
  expect(lengths).toEqual([]);
});

it('cuts who never pauses after at most twelve seconds, and loses nothing', () => {
  const parts: Int16Array[] = [];
  const cutter = new UtteranceCutter({ onUtterance: (u) => parts.push(u) });
  const monologue = speechIn(-70, '0870', '0920', '0890', '0930', '0880', '0870', 2);
  push(cutter, monologue);
  const lengths = parts.map(({ length }) => length / HEARING_RATE);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(12);
  expect(parts.length).toBeGreaterThan(2);
  const seconds = lengths.reduce((sum, length) => sum + length, 0);
  expect(seconds).toBeGreaterThan(monologue.length / HEARING_RATE - 2 - 1.5);
});
