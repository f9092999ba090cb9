import { expect, test } from 'vitest';
import { recordingOf, RECORDINGS } from '../../appliance/microphone/recordings.ts';
import { rmsDb } from './waveform.ts';
import { wholeRecording } from './whole-recording.ts';

test('every recording that a guide may choose is there and can be played', async () => {
  for (const { path, label } of RECORDINGS) {
    const samples = await wholeRecording(path);
    expect(samples.length / 24_000, label).toBeGreaterThan(5);
    expect(rmsDb(samples), label).toBeGreaterThan(-35);
  }
});

test('the rehearsal is bundled under its id', () => {
  expect(recordingOf('file:rehearsal')?.label).toBe('Rehearsal');
});

test.for(['file:/etc/passwd', 'file:../rehearsal', '/etc/passwd', 'rehearsal', '', '__proto__'])(
  'a guide who asks for “%s” gets no file',
  (id) => {
    expect(recordingOf(id)).toBeUndefined();
  },
);
