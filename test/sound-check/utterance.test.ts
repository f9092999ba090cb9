import { describe, expect, test } from 'vitest';
import { FLOOR_FRAME_SAMPLES } from '../../appliance/floor/floor-frame.ts';
import { LevelMeter } from '../../appliance/floor/level.ts';
import { VoiceActivity } from '../../appliance/floor/voice-activity.ts';
import { HeardSpeech } from '../../appliance/sound-check/heard-speech.ts';
import { type Utterance, UtteranceListener } from '../../appliance/sound-check/utterance.ts';
import { noise, rmsDb, sine } from '../microphone/waveform.ts';

const listening = (): UtteranceListener =>
  new UtteranceListener({ activity: new VoiceActivity(), meter: new LevelMeter() });

const voice = (seconds: number): Int16Array =>
  Int16Array.from(sine({ hz: 300, rate: 24_000, seconds, amplitude: 0.25 }), (sample) => sample * 32_767);

const hiss = (seconds: number): Int16Array => noise({ seconds, amplitude: 0.001 });

function hearAll(listener: UtteranceListener, samples: Int16Array, lateMs = 0): Utterance | undefined {
  for (let at = 0; at + FLOOR_FRAME_SAMPLES <= samples.length; at += FLOOR_FRAME_SAMPLES) {
    const utterance = listener.hear(samples.subarray(at, at + FLOOR_FRAME_SAMPLES), lateMs);
    if (utterance) return utterance;
  }
  return undefined;
}

describe('what is said', () => {
  test('is kept for five seconds from a little before the first word, however long nobody spoke', () => {
    const listener = listening();
    expect(hearAll(listener, hiss(20))).toBeUndefined();
    const utterance = hearAll(listener, voice(6), 35);
    expect(utterance?.samples).toHaveLength(5 * 24_000);
    const onset = (utterance?.onsetFrame ?? 0) * FLOOR_FRAME_SAMPLES;
    expect(rmsDb(utterance!.samples.subarray(0, onset))).toBeLessThan(-55);
    expect(rmsDb(utterance!.samples.subarray(onset, onset + 480))).toBeGreaterThan(-20);
    expect(utterance?.captureMs).toBe(35);
    expect(utterance?.level.peakDb).toBeGreaterThan(-13);
  });

  test('ends there, whatever a microphone that was held up gives beyond it', () => {
    const listener = listening();
    hearAll(listener, hiss(1));
    const utterance = hearAll(listener, voice(6));
    expect(utterance?.samples).toHaveLength(5 * 24_000);
    expect(listener.hear(voice(1).subarray(0, FLOOR_FRAME_SAMPLES))?.samples).toEqual(utterance?.samples);
  });

  test('may be shorter than that', () => {
    const listener = listening();
    hearAll(listener, hiss(1));
    hearAll(listener, voice(1));
    const seconds = (listener.end()?.samples.length ?? 0) / 24_000;
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThan(1.5);
  });

  test('is nothing where there is only hiss, and its level says so', () => {
    const listener = listening();
    hearAll(listener, hiss(10));
    expect(listener.end()).toBeUndefined();
    expect(listener.level.rmsDb).toBeLessThan(-60);
  });
});

describe('what an interpreter says', () => {
  test('is kept without the silence before and after it, and never without end', () => {
    const speech = new HeardSpeech();
    expect(speech.add(new Int16Array(48_000))).toBe(false);
    expect(speech.add(voice(2))).toBe(true);
    expect(speech.add(new Int16Array(4_800))).toBe(false);
    expect(speech.ms).toBe(2_000);
    expect(speech.add(voice(1))).toBe(true);
    for (let i = 0; i < 60; i++) speech.add(new Int16Array(24_000));
    expect(speech.ms).toBe(3_200);
    for (let i = 0; i < 60; i++) speech.add(voice(1));
    expect(speech.samples().length).toBeLessThanOrEqual(20 * 24_000);
  });
});
