import { expect, test } from 'vitest';
import { Floor } from '../../appliance/floor/floor.ts';
import { HighPass } from '../../appliance/floor/high-pass.ts';
import { powerDb } from '../../appliance/floor/loudness.ts';
import { recordingOf } from '../../appliance/microphone/recordings.ts';
import { noise, rmsDb, sine } from '../microphone/waveform.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';

const FRAME = 480;
/** A quiet one: -73 dBFS. */
const ROOM = 0.0004;
const seconds = (count: number): number => count * 24_000;

/** The rehearsal's first two sentences, each of which begins softly. */
const rehearsal = await wholeRecording(recordingOf('file:rehearsal')!.path);
const sentences = [
  rehearsal.subarray(seconds(0.3), seconds(3.3)),
  rehearsal.subarray(seconds(4.1), seconds(9.4)),
];

interface Gated {
  /** What is put out, each frame at the time it was captured; silence elsewhere. */
  readonly sound: Int16Array;
  /** Whether each of the microphone's frames was. */
  readonly sent: readonly boolean[];
  /** When each frame was captured that was put out, in the order in which it was, ms. */
  readonly times: readonly number[];
}

function openFloor(): Floor {
  const floor = new Floor({
    onListenerError: (error) => {
      throw error;
    },
  });
  floor.open = true;
  return floor;
}

function gated(samples: Int16Array, floor = openFloor()): Gated {
  const sound = new Int16Array(samples.length);
  const sent: boolean[] = Array(samples.length / FRAME).fill(false);
  const times: number[] = [];
  const leave = floor.subscribeGated((frame) => {
    if (frame.blank) return;
    times.push(frame.capturedAt);
    sent[frame.capturedAt / 20] = true;
    sound.set(frame.samples, (frame.capturedAt / 20) * FRAME);
  });
  for (let at = 0; at + FRAME <= samples.length; at += FRAME)
    floor.hear(samples.subarray(at, at + FRAME), (at / FRAME) * 20);
  leave();
  return { sound, sent, times };
}

/** `parts`, each from its second on, over the noise of a room. */
function inRoom(length: number, amplitude: number, parts: readonly [number, Int16Array][]): Int16Array {
  const samples = noise({ seconds: length, amplitude });
  for (const [from, part] of parts)
    part.forEach((sample, i) => {
      const at = seconds(from) + i;
      samples[at] = Math.max(-32_768, Math.min(32_767, (samples[at] ?? 0) + sample));
    });
  return samples;
}

const open = (sent: readonly boolean[], from: number, to: number): number =>
  sent.slice(from * 50, to * 50).filter(Boolean).length;

const scaled = (samples: Int16Array, gain: number): Int16Array => samples.map((sample) => sample * gain);

test.for([0.0002, 0.001, 0.01])('steady noise of amplitude %d is not sent for long', (amplitude) => {
  const { sent } = gated(noise({ seconds: 40, amplitude }));
  expect(open(sent, 5, 40)).toBe(0);
});

test('digital silence is not sent', () => {
  expect(open(gated(new Int16Array(seconds(20))).sent, 3, 20)).toBe(0);
});

test.for([
  ['close to the microphone', 1],
  ['from far away', 0.1],
  ['in a whisper', 0.02],
] as const)('no word is lost of a guide who speaks after a silence, %s', ([, gain]) => {
  const [one, two] = sentences.map((sentence) => scaled(sentence, gain));
  const samples = inRoom(26, ROOM, [
    [8, one!],
    [17, two!],
  ]);
  const { sound, sent } = gated(samples);
  expect(open(sent, 5, 7.9), 'before').toBe(0);
  expect(open(sent, 14.5, 16.9), 'between').toBe(0);
  expect(open(sent, 25, 26), 'after').toBe(0);
  const audible = rmsDb(noise({ seconds: 1, amplitude: ROOM })) + 10;
  for (const [from, sentence] of [
    [8, one!],
    [17, two!],
  ] as const) {
    const at = seconds(from);
    const missing = sentence.map((_, i) => (samples[at + i] ?? 0) - (sound[at + i] ?? 0));
    // Above the rumble: that is what a phone's loudspeaker can play.
    const highPass = new HighPass();
    for (let frame = 0; frame * FRAME + FRAME <= missing.length; frame++) {
      const db = powerDb(highPass.filter(missing.subarray(frame * FRAME, (frame + 1) * FRAME)));
      expect(db, `frame ${frame}`).toBeLessThan(audible);
    }
  }
});

test('a talk with its pauses is sent in one piece', () => {
  const { sent } = gated(inRoom(24, 0.001, [[1, rehearsal]]));
  expect(open(sent, 0, 21)).toBe(21 * 50);
});

test.for([
  ['a flute', [600, 1_200, 1_800]],
  ['a chord', [262, 330, 392, 524, 660, 784]],
  ['a low string', [82, 164, 246, 328, 410]],
] as const)('music is not cut, however long %s is held', ([, tones]) => {
  const held = new Int16Array(seconds(30));
  for (const hz of tones)
    sine({ hz, rate: 24_000, seconds: 30, amplitude: 0.004 / tones.length }).forEach((x, i) => {
      held[i] = (held[i] ?? 0) + Math.round(x * 32_767);
    });
  expect(rmsDb(held), 'quiet music').toBeLessThan(-50);
  const { sent } = gated(inRoom(40, ROOM, [[5, held]]));
  expect(open(sent, 5, 35)).toBe(30 * 50);
  expect(open(sent, 39, 40)).toBe(0);
});

test('a place that becomes louder is sent until it is known; one that is loud is sent for good', () => {
  const rain = inRoom(30, ROOM, [[10, noise({ seconds: 20, amplitude: 0.01 })]]);
  const { sent } = gated(rain);
  expect(open(sent, 10, 14)).toBe(4 * 50);
  expect(open(sent, 20, 30)).toBe(0);
  const waterfall = inRoom(30, ROOM, [[10, noise({ seconds: 20, amplitude: 0.05 })]]);
  expect(open(gated(waterfall).sent, 10, 30)).toBe(20 * 50);
});

test('what is sent comes in order, once, and begins and ends without a click', () => {
  const tone = Int16Array.from(
    sine({ hz: 500, rate: 24_000, seconds: 1, amplitude: 0.1 }),
    (x) => x * 32_767,
  );
  const { sound, times } = gated(inRoom(24, 0.005, [[10, tone]]));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(new Set(times).size).toBe(times.length);
  const first = times.find((ms) => ms > 5_000);
  expect(first, 'a frame before the tone').toBe(9_980);
  const last = times.at(-1)!;
  const fades = [
    sound.subarray(9_980 * 24, 9_980 * 24 + FRAME),
    sound.subarray((last - 80) * 24, (last + 20) * 24).toReversed(),
  ];
  for (const fade of fades) {
    const quarter = fade.length / 4;
    expect(rmsDb(fade.subarray(0, quarter))).toBeLessThan(rmsDb(fade.subarray(-quarter)) - 6);
    expect(Math.abs(fade[0] ?? 0)).toBeLessThan(20);
  }
});

test('who is given the floor is heard at once, whatever was before', () => {
  const floor = openFloor();
  const room = noise({ seconds: 10, amplitude: 0.001 });
  gated(room, floor);
  floor.open = false;
  expect(open(gated(room, floor).sent, 0, 10)).toBe(0);
  floor.open = true;
  const { sent } = gated(room, floor);
  expect(open(sent, 0, 1)).toBe(50);
  expect(open(sent, 4, 10)).toBe(0);
});

test('a microphone that comes back brings nothing of before it went', () => {
  const floor = openFloor();
  gated(noise({ seconds: 10, amplitude: 0.001 }), floor);
  const times: number[] = [];
  floor.subscribeGated(({ blank, capturedAt }) => {
    if (!blank) times.push(capturedAt);
  });
  floor.hear(sentences[0]!.subarray(seconds(1), seconds(1) + FRAME), 60_000);
  expect(times).toEqual([60_000]);
});

test('a floor without a gate hands on everything', () => {
  const floor = new Floor({ gated: false, onListenerError: () => undefined });
  floor.open = true;
  expect(open(gated(noise({ seconds: 10, amplitude: 0.001 }), floor).sent, 0, 10)).toBe(500);
});

test('interpreters hear everything, also what is not sent', () => {
  const floor = openFloor();
  let heard = 0;
  floor.subscribe(({ blank }) => {
    if (!blank) heard++;
  });
  gated(noise({ seconds: 10, amplitude: 0.001 }), floor);
  expect(heard).toBe(500);
});
