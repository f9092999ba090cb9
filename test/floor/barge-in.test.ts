import { beforeAll, expect, test } from 'vitest';
import { BargeIn } from '../../appliance/floor/barge-in.ts';
import { VoiceActivity } from '../../appliance/floor/voice-activity.ts';
import { noise } from '../microphone/waveform.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';

const LIBRIVOX = '/usr/share/pocketsphinx/test/data/librivox/sense_and_sensibility_01_austen_64kb';
/** The asker's packets come so long after the guide's microphone has heard them through the air: 120 ms. */
const LATE = 6;
/** In the guide's microphone somebody who stands two steps away. */
const FAR_DB = -20;

let guides: Int16Array[];
let asker: Int16Array;

beforeAll(async () => {
  const sentences = ['0870', '0880', '0890', '0920', '0930'];
  guides = await Promise.all(sentences.map((name) => wholeRecording(`${LIBRIVOX}-${name}.wav`)));
  asker = guides.pop() ?? new Int16Array();
});

const frameOf = (sound: Int16Array, index: number): Int16Array =>
  sound.subarray(Math.max(0, index) * 480, Math.max(0, index) * 480 + 480);

const HISS = noise({ seconds: 1, amplitude: 0.0005 });

/** What the guide's microphone hears: the guide, the asker from afar, and the place. */
function mixed(index: number, own: Int16Array | undefined, far: Int16Array | undefined): Int16Array {
  const hiss = frameOf(HISS, index % 50);
  return Int16Array.from(
    { length: 480 },
    (_, i) => (own?.[i] ?? 0) + (far?.[i] ?? 0) * 10 ** (FAR_DB / 20) + (hiss[i] ?? 0),
  );
}

/** A guide who has spoken, or has not yet, and to whom an asker speaks. @returns the frame in which the guide barges in */
function bargesIn({
  guide,
  known,
  speaksAt,
  at = 0,
}: {
  guide: Int16Array;
  known: boolean;
  speaksAt: number;
  at?: number;
}): number {
  const bargeIn = new BargeIn();
  const own = new VoiceActivity();
  const theirs = new VoiceActivity();
  const length = Math.floor(guide.length / 480);
  for (let index = 0; index < length; index++) {
    own.hear(mixed(index, known ? frameOf(guide, index) : undefined, undefined));
    bargeIn.learn(own);
  }
  bargeIn.begin();
  const until = Math.min(Math.floor(asker.length / 480), speaksAt + 100);
  for (let index = 0; index < until; index++) {
    theirs.hear(index < LATE ? new Int16Array(480) : frameOf(asker, index - LATE));
    bargeIn.hearAsker(theirs.db);
    const says = index >= speaksAt ? frameOf(guide, at + index - speaksAt) : undefined;
    own.hear(mixed(index, says, frameOf(asker, index)));
    if (bargeIn.hearGuide(own)) return index - speaksAt;
  }
  return Infinity;
}

/** Frames in which the guide begins to speak after a pause. */
function onsets(guide: Int16Array): number[] {
  const found: number[] = [];
  const activity = new VoiceActivity({ hangoverMs: 200 });
  let before = true;
  for (let index = 0; index < Math.floor(guide.length / 480) - 30; index++) {
    const voiced = activity.hear(frameOf(guide, index));
    // It is known after three frames.
    if (voiced && !before) found.push(index - 2);
    before = voiced;
  }
  return found;
}

test.each([true, false])(
  'an asker two steps away is not taken for the guide (whose voice is known: %s)',
  (known) => {
    for (const guide of guides)
      expect(bargesIn({ guide, known, speaksAt: Math.floor(asker.length / 480) })).toBe(Infinity);
  },
);

test('a guide who begins a sentence is noticed within 200 ms of it', () => {
  const begins = guides.flatMap((guide) => onsets(guide).map((at) => ({ guide, at })));
  expect(begins.length).toBeGreaterThan(3);
  for (const begin of begins) {
    const frames = bargesIn({ ...begin, known: true, speaksAt: 60 });
    expect(frames, 'not before').toBeGreaterThanOrEqual(0);
    expect((frames + 1) * 20).toBeLessThanOrEqual(200);
  }
});
