/** Below this share of the lower Nyquist frequency everything passes; above it, it fades out. */
const PASSED = 0.9;
/** Input samples that each output sample looks at: transition of about 1.6 kHz at 24 kHz, 70 dB down. */
const TAPS = 64;
/** Kaiser window for 70 dB. */
const BETA = 6.76;

/** Changes the rate of a mono stream, band-limited (polyphase FIR). Delays it by 32 input samples. */
export class Resampler {
  /** Rate ratio in lowest terms: `up` outputs for `down` inputs. */
  private readonly up: number;
  private readonly down: number;
  /** One row of taps per phase, oldest input first. */
  private readonly bank: Float32Array;
  /** The last `TAPS - 1` inputs, then the chunk. */
  private line: Float32Array;
  private output: Int16Array;
  /** Where the next output lies, in 1/up of an input sample after the chunk's first. */
  private position = 0;

  /** @param rates in Hz, whole numbers */
  constructor({ from, to }: { from: number; to: number }) {
    const divisor = greatestCommonDivisor(from, to);
    this.up = to / divisor;
    this.down = from / divisor;
    this.bank = filterBank({ up: this.up, cutoff: (PASSED * Math.min(from, to)) / 2 / from });
    this.line = new Float32Array(TAPS - 1);
    this.output = new Int16Array(0);
  }

  /** Returns what this chunk completes, valid until the next call: the buffer is reused. */
  process(input: Int16Array): Int16Array {
    const line = this.roomFor(input.length);
    for (let i = 0; i < input.length; i += 1) line[TAPS - 1 + i] = input[i] ?? 0;

    const end = input.length * this.up;
    let count = 0;
    for (; this.position < end; this.position += this.down) {
      const first = Math.floor(this.position / this.up);
      const row = (this.position % this.up) * TAPS;
      let sum = 0;
      for (let k = 0; k < TAPS; k += 1) sum += (this.bank[row + k] ?? 0) * (line[first + k] ?? 0);
      this.output[count] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
      count += 1;
    }
    this.position -= end;
    line.copyWithin(0, input.length, input.length + TAPS - 1);
    return this.output.subarray(0, count);
  }

  private roomFor(samples: number): Float32Array {
    if (this.line.length < samples + TAPS - 1) {
      const longer = new Float32Array(samples + TAPS - 1);
      longer.set(this.line.subarray(0, TAPS - 1));
      this.line = longer;
      this.output = new Int16Array(Math.ceil((samples * this.up) / this.down) + 1);
    }
    return this.line;
  }
}

/** @param cutoff in cycles per input sample */
function filterBank({ up, cutoff }: { up: number; cutoff: number }): Float32Array {
  const bank = new Float32Array(up * TAPS);
  for (let phase = 0; phase < up; phase += 1) {
    let sum = 0;
    for (let k = 0; k < TAPS; k += 1) {
      const distance = TAPS / 2 - 1 - k + phase / up;
      const tap = sinc(2 * cutoff * distance) * kaiser(distance / (TAPS / 2));
      bank[phase * TAPS + k] = tap;
      sum += tap;
    }
    // Every phase lets a constant through unchanged, or the phases would hum at the output rate / up.
    for (let k = 0; k < TAPS; k += 1) bank[phase * TAPS + k] = (bank[phase * TAPS + k] ?? 0) / sum;
  }
  return bank;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** @param x -1 to 1 across the window */
function kaiser(x: number): number {
  return Math.abs(x) > 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
}

/** Modified Bessel function of the first kind, order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-9 * sum; k += 1) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
