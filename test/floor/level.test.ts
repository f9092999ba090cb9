import { expect, test } from 'vitest';
import { LevelMeter } from '../../appliance/floor/level.ts';
import { recordingOf } from '../../appliance/microphone/recordings.ts';
import { noise, sine } from '../microphone/waveform.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';

function frames(samples: Int16Array): Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / 480) }, (_, i) =>
    samples.subarray(i * 480, (i + 1) * 480),
  );
}

function tone(amplitude: number, seconds: number): Int16Array {
  return Int16Array.from(sine({ hz: 1_000, rate: 24_000, seconds, amplitude }), (x) =>
    Math.round(x * 32_767),
  );
}

test('a tone has its level, ten times a second', () => {
  const meter = new LevelMeter();
  const ready = frames(tone(0.5, 1)).filter((frame) => meter.measure(frame));
  expect(ready).toHaveLength(10);
  expect(meter.rmsDb).toBeCloseTo(-9.03, 1);
  expect(meter.peakDb).toBeCloseTo(-6.02, 1);
  expect(meter.heard).toBe(true);
});

test('silence is −100 dB and full scale is 0 dB, never beyond', () => {
  const meter = new LevelMeter();
  meter.measure(new Int16Array(2_400));
  expect([meter.rmsDb, meter.peakDb, meter.heard]).toEqual([-100, -100, false]);
  meter.measure(new Int16Array(2_400).fill(-32_768));
  expect([meter.rmsDb, meter.peakDb, meter.heard]).toEqual([0, 0, true]);
});

test('the hiss of a microphone that hears nothing is not sound', () => {
  const meter = new LevelMeter();
  for (const frame of frames(noise({ seconds: 1, amplitude: 0.002 }))) meter.measure(frame);
  expect(meter.rmsDb).toBeGreaterThan(-70);
  expect(meter.heard).toBe(false);
});

test('sound is still heard 300 ms after it ended, and no longer 400 ms later', () => {
  const meter = new LevelMeter();
  const silence = new Int16Array(2_400);
  meter.measure(tone(0.5, 0.1));
  const heard = Array.from({ length: 5 }, () => meter.measure(silence) && meter.heard);
  expect(heard).toEqual([true, true, true, false, false]);
});

test('speech is heard, and its pauses of most of a second are not', async () => {
  const meter = new LevelMeter();
  const heard: boolean[] = [];
  for (const frame of frames(await wholeRecording(recordingOf('file:rehearsal')!.path))) {
    if (meter.measure(frame)) heard.push(meter.heard);
  }
  const runs = heard.filter((now, index) => now && !heard[index - 1]).length;
  expect(runs).toBeGreaterThanOrEqual(4);
  expect(heard.filter(Boolean).length / heard.length).toBeGreaterThan(0.75);
  expect(heard.at(-1)).toBe(false);
});

test('a reset meter shows silence', () => {
  const meter = new LevelMeter();
  meter.measure(tone(0.5, 0.1));
  meter.reset();
  expect([meter.rmsDb, meter.peakDb, meter.heard]).toEqual([-100, -100, false]);
});
