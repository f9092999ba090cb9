import { expect, test } from 'vitest';
import { OpusEncoder } from '../../appliance/channel/opus-encoder.ts';
import { REHEARSAL } from '../e2e/box.ts';
import { wholeRecording } from '../microphone/whole-recording.ts';

/** SILK and hybrid packets (RFC 6716, 3.1); only they can hold the frame before once more. */
const MAX_SPEECH_CONFIG = 15;
const CONFIG_SHIFT = 3;
const CODE = 3;

test.each([20, 40, 60] as const)(
  'speech in packets of %i ms is one frame each, so that the next packet can hold all of it again',
  async (frameMs) => {
    const speech = await wholeRecording(REHEARSAL);
    const encoder = new OpusEncoder({ frameMs });
    const block = frameMs * 24;
    const heads: number[] = [];
    for (let at = 0; at + block <= speech.length; at += block)
      heads.push(encoder.encode(speech.subarray(at, at + block))[0] ?? 0);
    expect(heads.length).toBeGreaterThan(100);
    expect(heads.filter((head) => (head & CODE) !== 0)).toEqual([]);
    expect(heads.filter((head) => head >> CONFIG_SHIFT > MAX_SPEECH_CONFIG)).toEqual([]);
  },
);
