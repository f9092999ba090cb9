import { expect, test } from 'vitest';
import { recordingOf } from '../../appliance/microphone/recordings.ts';
import { VoiceActivity } from '../../appliance/floor/voice-activity.ts';
import { noise, sine } from '../microphone/waveform.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';

const FRAME_MS = 20;
/** Where the rehearsal's four clips begin and end, ms: 0.3 s, clip, 0.8 s, clip, … */
const SENTENCES = [
  [300, 3_290],
  [4_090, 9_390],
  [10_190, 16_240],
  [17_040, 20_330],
] as const;

/** Voiced stretches as [from, to) in ms. */
function stretches(samples: Int16Array, activity = new VoiceActivity()): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at + 480 <= samples.length; at += 480) {
    const ms = (at / 480) * FRAME_MS;
    const last = found.at(-1);
    if (!activity.hear(samples.subarray(at, at + 480))) continue;
    if (last && last[1] === ms) last[1] = ms + FRAME_MS;
    else found.push([ms, ms + FRAME_MS]);
  }
  return found;
}

const rehearsal = await wholeRecording(recordingOf('file:rehearsal')!.path);

function mixed(a: Int16Array, b: Int16Array, gain = 1): Int16Array {
  return a.map((sample, i) => Math.max(-32_768, Math.min(32_767, sample * gain + (b[i] ?? 0))));
}

test.for([
  ['as recorded', rehearsal],
  ['from far away', rehearsal.map((sample) => sample * 0.2)],
  ['in a murmuring room', mixed(rehearsal, noise({ seconds: 22, amplitude: 0.01 }))],
] as const)('each sentence of real speech is one stretch, %s', ([, samples]) => {
  const found = stretches(samples, new VoiceActivity({ hangoverMs: 500 }));
  expect(found).toHaveLength(4);
  found.forEach(([from, to], index) => {
    const [begins, ends] = SENTENCES[index]!;
    // The clips have up to 0.3 s of their own silence at both ends.
    expect(from).toBeGreaterThanOrEqual(begins);
    expect(from - begins).toBeLessThan(450);
    expect(to - ends).toBeGreaterThan(-400);
    expect(to - ends).toBeLessThan(500 + FRAME_MS);
  });
});

test.for([0.001, 0.01, 0.1])(
  'steady noise of amplitude %d is not speech, from its first frame on',
  (amplitude) => {
    expect(stretches(noise({ seconds: 5, amplitude }))).toEqual([]);
  },
);

test('noise that sets in is known as noise within three seconds', () => {
  const samples = new Int16Array(24_000 * 8);
  samples.set(noise({ seconds: 6, amplitude: 0.1 }), 24_000 * 2);
  const found = stretches(samples);
  expect(found.at(-1)![1]).toBeLessThan(2_000 + 3_000 + 600 + FRAME_MS);
});

test('wind and engines below speech are not speech', () => {
  const rumble = sine({ hz: 30, rate: 24_000, seconds: 4, amplitude: 1 });
  // Comes and goes, as gusts do.
  const gusts = Int16Array.from(rumble, (x, i) => x * 2_500 * Math.abs(Math.sin(i / 12_000)));
  expect(stretches(gusts)).toEqual([]);
});

test('a knock of 20 ms is too short to be speech; 60 ms of a vowel are enough', () => {
  const vowel = Int16Array.from(
    sine({ hz: 500, rate: 24_000, seconds: 0.06, amplitude: 0.3 }),
    (x) => x * 32_767,
  );
  const samples = new Int16Array(36_000);
  samples.set(vowel.subarray(0, 480), 9_600);
  expect(stretches(samples)).toEqual([]);
  samples.set(vowel, 9_600);
  const [[from, to] = [0, 0]] = stretches(samples);
  expect(from, 'with its third frame').toBe(440);
  expect(to - 460, 'hangover after its end').toBeGreaterThanOrEqual(600);
  expect(to - 460).toBeLessThanOrEqual(600 + FRAME_MS);
});

test('the hangover is as long as asked for', () => {
  const vowel = Int16Array.from(
    sine({ hz: 500, rate: 24_000, seconds: 0.2, amplitude: 0.3 }),
    (x) => x * 32_767,
  );
  const samples = new Int16Array(24_000);
  samples.set(vowel, 4_800);
  const [[, to] = [0, 0]] = stretches(samples, new VoiceActivity({ hangoverMs: 200 }));
  // The filter may ring for one frame more.
  expect(to - 400).toBeGreaterThanOrEqual(200);
  expect(to - 400).toBeLessThanOrEqual(200 + FRAME_MS);
});
