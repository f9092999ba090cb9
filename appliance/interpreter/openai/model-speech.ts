import { FLOOR_RATE } from '../../floor/floor-frame.ts';

/**
 * PCM16 little-endian in base64 → mono 24 kHz samples in a buffer of their own. Other rates are interpolated
 * linearly: no model is known to send them, and speech at the wrong pitch would be worse.
 */
export function decodeSpeech({
  base64,
  rate = FLOOR_RATE,
  channels = 1,
}: {
  base64: string;
  rate?: number | undefined;
  channels?: number | undefined;
}): Int16Array {
  const samples = new Int16Array(Buffer.byteLength(base64, 'base64') >> 1);
  const bytes = Buffer.from(samples.buffer);
  const whole = bytes.write(base64, 'base64') >> 1;
  const mono = mixDown({ samples: samples.subarray(0, whole), channels });
  return rate === FLOOR_RATE ? mono : resample({ samples: mono, rate });
}

function mixDown({ samples, channels }: { samples: Int16Array; channels: number }): Int16Array {
  if (channels === 1) return samples;
  const mono = new Int16Array(Math.floor(samples.length / channels));
  for (let frame = 0; frame < mono.length; frame++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += samples[frame * channels + channel] ?? 0;
    mono[frame] = sum / channels;
  }
  return mono;
}

function resample({ samples, rate }: { samples: Int16Array; rate: number }): Int16Array {
  const resampled = new Int16Array(Math.round((samples.length * FLOOR_RATE) / rate));
  for (let index = 0; index < resampled.length; index++) {
    const at = (index * rate) / FLOOR_RATE;
    const before = samples[Math.floor(at)] ?? 0;
    const after = samples[Math.floor(at) + 1] ?? before;
    resampled[index] = before + (after - before) * (at - Math.floor(at));
  }
  return resampled;
}
