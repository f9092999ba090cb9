import { FLOOR_RATE } from '../floor/floor-frame.ts';

const NOTHING = Buffer.alloc(0);

interface SpeechDelta {
  /** PCM16 little-endian in base64. */
  readonly base64: string;
  readonly rate?: number | undefined;
  readonly channels?: number | undefined;
  /** Of which stream of sound it is a piece, where there are several; none goes on in another. */
  readonly item?: string | undefined;
}

/**
 * A session's pieces of speech → mono 24 kHz samples. Where a piece ends is the server's affair: half a sample, or one
 * channel's alone, waits for the next piece. Other rates are interpolated linearly: no model is known to send them,
 * and speech at the wrong pitch would be worse.
 */
export class ModelSpeech {
  private stream = '';
  /** The bytes of a frame that is not complete. */
  private rest: Buffer = NOTHING;

  /** @returns samples in a buffer of their own. */
  decode({ base64, rate = FLOOR_RATE, channels = 1, item = '' }: SpeechDelta): Int16Array {
    const stream = `${item} ${rate} ${channels}`;
    if (stream !== this.stream) this.end();
    this.stream = stream;
    const { rest } = this;
    const samples = new Int16Array(Math.ceil((rest.length + Buffer.byteLength(base64, 'base64')) / 2));
    const bytes = Buffer.from(samples.buffer);
    rest.copy(bytes);
    const length = rest.length + bytes.write(base64, rest.length, 'base64');
    const whole = length - (length % (2 * channels));
    // Most pieces are whole: nothing is copied.
    this.rest = whole === length ? NOTHING : Buffer.from(bytes.subarray(whole, length));
    const mono = mixDown({ samples: samples.subarray(0, whole / 2), channels });
    return rate === FLOOR_RATE ? mono : resample({ samples: mono, rate });
  }

  /** What comes next does not go on where this ended. */
  end(): void {
    this.rest = NOTHING;
  }
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
