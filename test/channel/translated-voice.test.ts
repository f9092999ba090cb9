import { expect, test } from 'vitest';
import { TranslatedVoice } from '../../appliance/channel/translated-voice.ts';
import { strength, tone } from './frame-log.ts';

const FRAME_MS = 60;
const VOICE = 220;
/** Of the tone that stands for what was left out. */
const SIGNAL = 660;

/** A sentence of so many ms, and the pause after it. */
function say(voice: TranslatedVoice, sentence: string, ms: number): void {
  voice.begin(sentence);
  voice.push(tone(VOICE, ms));
  voice.push(new Int16Array(400 * 24));
}

/** Hears until `enough`, and tells the tempo at each frame. */
function hear(voice: TranslatedVoice, enough: () => boolean): { sound: Int16Array[]; tempos: number[] } {
  const sound: Int16Array[] = [];
  const tempos: number[] = [];
  while (!enough() && sound.length < 1_000) {
    const frame = new Int16Array(FRAME_MS * 24);
    voice.pull(frame);
    sound.push(frame);
    tempos.push(voice.tempo);
  }
  return { sound, tempos };
}

test('a voice with little to say says it as the model made it', () => {
  const voice = new TranslatedVoice();
  voice.push(tone(VOICE, 1_400));
  const { sound, tempos } = hear(voice, () => voice.queuedMs === 0);
  expect(new Set(tempos)).toEqual(new Set([1]));
  expect(Int16Array.from(sound.flatMap((frame) => [...frame])).subarray(0, 1_400 * 24)).toEqual(
    tone(VOICE, 1_400),
  );
});

test('the further it is behind the faster it speaks, never by leaps, and no more than by a quarter', () => {
  const voice = new TranslatedVoice();
  voice.push(tone(VOICE, 11_500));
  const { tempos } = hear(voice, () => {
    // Little, but never nothing, waits until it is back.
    if (voice.queuedMs < 2_000) voice.push(tone(VOICE, 90));
    return voice.queuedMs < 2_500 && voice.tempo === 1;
  });
  const changes = tempos.map((tempo, at) => Math.abs(tempo - (tempos[at - 1] ?? 1)));
  expect(Math.max(...changes)).toBeLessThanOrEqual((0.05 * FRAME_MS) / 1_000 + 1e-9);
  expect(Math.max(...tempos)).toBeGreaterThan(1.12);
  expect(Math.max(...tempos)).toBeLessThanOrEqual(1.25);
  expect(tempos.at(-1), 'as spoken once it has caught up').toBe(1);
});

test('between four and eight seconds it is at most 15 % faster', () => {
  const voice = new TranslatedVoice();
  voice.push(tone(VOICE, 6_900));
  let frames = 0;
  const { tempos } = hear(voice, () => {
    if (voice.queuedMs < 6_900) voice.push(tone(VOICE, 90));
    return ++frames > 100;
  });
  expect(Math.max(...tempos)).toBeCloseTo(1.15);
});

test('a voice that is lost goes on to the newest sentence with a soft tone, and tells what was not heard', () => {
  const skipped: string[][] = [];
  const voice = new TranslatedVoice({ onSkipped: (sentences) => skipped.push([...sentences]) });
  for (let i = 0; i < 8; i++) say(voice, `s${i}`, 2_500);
  expect(voice.queuedMs).toBeGreaterThan(20_000);
  const { sound } = hear(voice, () => skipped.length > 0);
  expect(sound.length * FRAME_MS, 'for three seconds it tries').toBeGreaterThanOrEqual(3_000);
  const after = hear(voice, () => voice.queuedMs === 0).sound;
  expect(skipped).toEqual([['s2', 's3', 's4', 's5', 's6']]);
  expect(voice.skipped).toBe(5);
  const signal = Int16Array.from([sound.at(-1), ...after.slice(0, 5)].flatMap((frame) => [...(frame ?? [])]));
  expect(strength(signal, SIGNAL)).toBeGreaterThan(0.005);
  expect(strength(signal, SIGNAL), 'quiet').toBeLessThan(0.03);
  const spoken = after.filter((frame) => strength(frame, VOICE) > 0.1).length * FRAME_MS;
  expect(spoken, 'the newest sentence is heard').toBeGreaterThan(2_000);
});

test('nothing is skipped of what is only late', () => {
  const voice = new TranslatedVoice();
  for (let i = 0; i < 4; i++) say(voice, `s${i}`, 2_500);
  hear(voice, () => voice.queuedMs === 0);
  expect(voice.skipped).toBe(0);
});
