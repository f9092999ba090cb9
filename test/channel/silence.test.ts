import { afterEach, expect, test } from 'vitest';
import type { FrameMs } from '../../appliance/channel/channel.ts';
import { FloorChannel } from '../../appliance/channel/floor-channel.ts';
import { Floor } from '../../appliance/floor/floor.ts';
import { recordingOf } from '../../appliance/microphone/recordings.ts';
import { bestMatch, envelope, noise, rmsDb } from '../microphone/waveform.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';
import { FrameLog, strength } from './frame-log.ts';
import { GUIDE, hum, passed, rig } from './interpreted-rig.ts';

/** What phones are sent, and hear, while the guide says nothing, and when they go on. */

const rehearsal = await wholeRecording(recordingOf('file:rehearsal')!.path);
/** From its first loud syllable on. */
const SENTENCE = rehearsal.subarray(24 * 520, 24 * 3_300);
const ROOM = noise({ seconds: 6, amplitude: 0.001 });
/** 6 s of a quiet room, a sentence, 6 s, the sentence again, 6 s. */
const TALK = Int16Array.from([...ROOM, ...SENTENCE, ...ROOM, ...SENTENCE, ...ROOM]);
const BEGINS = [6_000, 12_000 + SENTENCE.length / 24] as const;

const undo: (() => void)[] = [];

afterEach(() => {
  for (const each of undo.splice(0)) each();
});

interface Heard {
  readonly log: FrameLog;
  readonly states: readonly string[];
}

/** Everything that the floor channel sends of the talk, which begins at 1,000 ms. */
function talk({ gated, frameMs = 20 }: { gated: boolean; frameMs?: FrameMs }): Heard {
  const floor = new Floor({ gated, onListenerError: () => undefined });
  floor.open = true;
  const states: string[] = [];
  const channel: FloorChannel = new FloorChannel({
    language: 'en',
    floor,
    frameMs,
    onState: () => states.push(channel.state),
    onSinkError: () => undefined,
  });
  const log = new FrameLog();
  channel.subscribe(log);
  channel.start();
  undo.push(() => channel.stop());
  for (let at = 0; at + 480 <= TALK.length; at += 480)
    floor.hear(TALK.subarray(at, at + 480), 1_000 + at / 24);
  return { log, states };
}

/** What a phone plays: every frame where its timestamp says, silence in between; from the talk's beginning on. */
function played({ frames }: FrameLog, sound: Int16Array): Int16Array {
  const all = new Int16Array(TALK.length + 24_000);
  let from = 0;
  for (const { timestamp, duration } of frames) {
    all.set(sound.subarray(from, from + duration / 2), timestamp / 2 - 24_000);
    from += duration / 2;
  }
  return all;
}

test.for([20, 40, 60] as const)('in frames of %d ms nothing is sent while nobody speaks', (frameMs) => {
  const { log, states } = talk({ gated: true, frameMs });
  const sentAt = log.frames.map(({ timestamp }) => timestamp / 48 - 1_000);
  for (const [from, to] of [
    [3_500, BEGINS[0] - 100],
    [BEGINS[1] - 3_000, BEGINS[1] - 100],
    [TALK.length / 24 - 3_000, Infinity],
  ] as const)
    expect(sentAt.filter((at) => at > from && at < to)).toEqual([]);
  expect(states, 'the microphone is open all the time').toEqual(['live']);
});

test.for([20, 40, 60] as const)(
  'the first word is marked, in time and whole in frames of %d ms',
  (frameMs) => {
    const { log } = talk({ gated: true, frameMs });
    const marked = log.frames.filter(({ marker }) => marker).map(({ timestamp }) => timestamp / 48 - 1_000);
    expect(marked).toHaveLength(3);
    // The frame before the onset comes along.
    for (const [i, begins] of BEGINS.entries()) {
      expect(begins - (marked[i + 1] ?? 0)).toBeGreaterThanOrEqual(0);
      expect(begins - (marked[i + 1] ?? 0)).toBeLessThanOrEqual(40);
    }
    for (let i = 1; i < log.frames.length; i++) {
      const [before, frame] = [log.frames[i - 1]!, log.frames[i]!];
      if (frame.marker) expect(frame.timestamp).toBeGreaterThan(before.timestamp + before.duration);
      else expect(frame.timestamp).toBe(before.timestamp + before.duration);
    }
  },
);

test.for([20, 60] as const)('a phone hears what it would have heard of every frame of %d ms', (frameMs) => {
  const every = talk({ gated: false, frameMs }).log;
  const some = talk({ gated: true, frameMs }).log;
  expect(some.frames.length).toBeLessThan(every.frames.length / 2);
  const [whole, gated] = [every, some].map((log) => played(log, log.sound()));
  for (const begins of BEGINS) {
    const [from, to] = [begins * 24, begins * 24 + SENTENCE.length];
    const [a, b] = [whole, gated].map((sound) => envelope(sound!.subarray(from, to)));
    const { r, shift } = bestMatch(a!, b!);
    expect(shift).toBe(0);
    expect(r).toBeGreaterThan(0.98);
    // The first 100 ms, where a gate would cut.
    const onset = [whole, gated].map((sound) => rmsDb(sound!.subarray(from, from + 2_400)));
    expect(onset[1]).toBeGreaterThan(onset[0]! - 1);
  }
});

test('the place fades away: no phone hears it being switched off', () => {
  const { log } = talk({ gated: true });
  const frames = played(log, log.sound());
  const end = log.frames.findIndex(({ marker }, i) => i > 0 && marker) - 1;
  const last = (log.frames[end]!.timestamp / 48 - 1_000 + 20) * 24;
  const fading = envelope(frames.subarray(last - 24 * 260, last));
  for (let i = 1; i < fading.length; i++) expect(fading[i]!).toBeGreaterThan(fading[i - 1]! - 25);
  expect(fading.at(-1)).toBeLessThan(-75);
});

test('under a translation, too, nothing is sent while nobody speaks', async () => {
  const { floor, channel, log } = rig();
  channel.setSource('floor');
  hearAtOnce(floor);
  // What is left of it is played, in a second at most.
  await passed(1_000);
  const sent = log.frames.length;
  hearAtOnce(floor);
  await passed(300);
  expect(log.frames).toHaveLength(sent);
  hum(floor);
  await log.received(sent + 10);
  expect(log.frames[sent]?.marker).toBe(true);
  const { timestamp = 0, at = 0 } = log.frames[sent] ?? {};
  expect(Math.abs(timestamp / 48 - at), 'ms beside the clock').toBeLessThan(200);
  expect(strength(log.sound(sent + 1, sent + 10), GUIDE)).toBeGreaterThan(0.2);
});

/** Six seconds of a room, as fast as they can be told. */
function hearAtOnce(floor: Floor): void {
  for (let at = 0; at + 480 <= ROOM.length; at += 480)
    floor.hear(ROOM.subarray(at, at + 480), performance.now());
}
