import { writeFile } from 'node:fs/promises';
import { FLOOR_FRAME_SAMPLES, FLOOR_RATE } from '../../../appliance/floor/floor-frame.ts';
import { REHEARSAL } from '../../e2e/box.ts';
import { wholeRecording } from '../../microphone/whole-recording.ts';
import { wavBytes } from '../../microphone/wav-bytes.ts';

/** A frame of speech is louder than this, RMS. */
const VOICED = 600;

/** Writes speech without its pauses: whatever is silent then is an outage. */
export async function writeSteadySpeech(path: string): Promise<void> {
  const recording = await wholeRecording(REHEARSAL);
  const spoken: Int16Array[] = [];
  for (let at = 0; at + FLOOR_FRAME_SAMPLES <= recording.length; at += FLOOR_FRAME_SAMPLES) {
    const samples = recording.subarray(at, at + FLOOR_FRAME_SAMPLES);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    if (Math.sqrt(power) > VOICED) spoken.push(samples);
  }
  const all = new Float64Array(spoken.length * FLOOR_FRAME_SAMPLES);
  spoken.forEach((samples, index) =>
    all.set(
      Float64Array.from(samples, (each) => each / 32_768),
      index * FLOOR_FRAME_SAMPLES,
    ),
  );
  await writeFile(path, wavBytes({ rate: FLOOR_RATE, encoding: 's16', channels: [all] }));
}
