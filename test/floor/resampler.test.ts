import { expect, it } from 'vitest';
import { Resampler } from '../../appliance/floor/resampler.ts';

function tone({ hertz, rate, seconds }: { hertz: number; rate: number; seconds: number }): Int16Array {
  return Int16Array.from(
    { length: rate * seconds },
    (_, i) => 10_000 * Math.sin((2 * Math.PI * hertz * i) / rate),
  );
}

/** dB against a tone of amplitude 10,000; the first and last 10 ms, where the tone begins and ends, left out. */
function gain(samples: Int16Array, rate: number): number {
  const middle = samples.subarray(rate / 100, samples.length - rate / 100);
  const power = middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length;
  return 10 * Math.log10(power / (10_000 ** 2 / 2));
}

for (const { from, to } of [
  { from: 24_000, to: 16_000 },
  { from: 22_050, to: 24_000 },
]) {
  it(`keeps speech and its length from ${from} to ${to} Hz`, () => {
    for (const hertz of [100, 1_000, 3_000, 6_000]) {
      const out = new Resampler({ from, to }).process(tone({ hertz, rate: from, seconds: 1 }));
      expect(out.length).toBe(to);
      expect(Math.abs(gain(out, to))).toBeLessThan(0.1);
    }
  });
}

it('lets nothing fold back from above the new Nyquist frequency', () => {
  const out = new Resampler({ from: 24_000, to: 16_000 }).process(
    tone({ hertz: 9_000, rate: 24_000, seconds: 1 }),
  );
  expect(gain(out, 16_000)).toBeLessThan(-60);
});

it('gives the same in frames as in one piece, two samples for three', () => {
  const input = tone({ hertz: 440, rate: 24_000, seconds: 1 });
  const whole = new Resampler({ from: 24_000, to: 16_000 }).process(input);
  const framed = new Resampler({ from: 24_000, to: 16_000 });
  const pieces: number[] = [];
  for (let at = 0; at < input.length; at += 480) {
    const piece = framed.process(input.subarray(at, at + 480));
    expect(piece.length).toBe(320);
    pieces.push(...piece);
  }
  expect(pieces).toEqual([...whole]);
});
