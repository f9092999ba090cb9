import { expect, test } from 'vitest';
import { Lag } from '../../appliance/tour/lag.ts';

/** From the channel to the ear, as it is counted. */
const PHONE_MS = 150;
const HANGOVER_MS = 600;
/** How far the figure may be from the truth, ms. */
const TOLERANCE_MS = 1_000;

/** A guide, a model and a channel in a time of their own. */
class Scene {
  readonly lag = new Lag();
  readonly shown: number[] = [];
  private heardAt = -Infinity;

  /** The guide speaks; the voice is still taken to be there for a moment after it. */
  guide(from: number, to: number): void {
    for (let now = from; now < to + HANGOVER_MS; now += 20) {
      this.lag.voiced(now, this.heardAt);
      if (this.shown.at(-1) !== this.lag.ms) this.shown.push(this.lag.ms);
    }
  }

  /** The model delivers a piece, which is heard after it has waited. */
  model(at: number, { waits = 0, lasts = 1_000 }: { waits?: number; lasts?: number } = {}): void {
    const onHeard = this.lag.spoken(at);
    for (let more = at + 100; more < at + lasts / 2; more += 100) this.lag.spoken(more);
    onHeard?.(at + waits);
    this.heardAt = at + waits + lasts;
  }
}

test('nothing is said before anything is known', () => {
  const { lag } = new Scene();
  lag.spoken(1_000)?.(1_000);
  expect(lag.ms, 'speech that nobody asked for').toBe(0);
});

test('lag is how long after the guide the translation is heard, the phone included', () => {
  const scene = new Scene();
  scene.guide(10_000, 12_000);
  scene.model(12_500);
  expect(scene.lag.ms).toBe(2_500 + PHONE_MS);
});

test('words that were never answered do not count', () => {
  const scene = new Scene();
  scene.guide(10_000, 11_000);
  scene.model(40_000);
  expect(scene.lag.ms).toBe(0);
});

test('sentences that are answered one by one are as late as their first and last words, and the figure stands still', () => {
  const scene = new Scene();
  // 2 to 3 s of speech, an answer 1 s after its end, as long as the sentence: each word is so much later.
  for (let i = 0; i < 12; i++) {
    const begins = 10_000 + i * 12_000;
    const lasts = 2_000 + (i % 3) * 500;
    scene.guide(begins, begins + lasts);
    scene.model(begins + lasts + 1_000, { lasts });
    // On the average of the three lengths.
    if (i > 1) expect(Math.abs(scene.lag.ms - (3_500 + PHONE_MS))).toBeLessThan(TOLERANCE_MS);
  }
  expect(scene.shown.length, 'figures in two and a half minutes').toBeLessThan(6);
});

test('a backlog counts while the guide speaks without a pause, and when it is gone it no longer does', () => {
  const scene = new Scene();
  const cut = 2_000;
  let free = 0;
  for (let i = 0; i < 15; i++) {
    const begins = 10_000 + i * cut;
    scene.guide(begins, begins + cut - HANGOVER_MS - 20);
    const delivered = begins + cut + 800;
    const waits = Math.max(0, free - delivered);
    // The answer is longer than what was said: each one waits for longer.
    scene.model(delivered, { waits, lasts: 2_400 });
    free = delivered + waits + 2_400;
    if (i > 1) expect(Math.abs(scene.lag.ms - (cut + 800 + waits + PHONE_MS))).toBeLessThan(TOLERANCE_MS);
  }
  for (let i = 0; i < 4; i++) {
    scene.guide(80_000 + i * 12_000, 82_000 + i * 12_000);
    scene.model(82_800 + i * 12_000, { lasts: 2_400 });
  }
  expect(Math.abs(scene.lag.ms - (2_800 + PHONE_MS))).toBeLessThan(TOLERANCE_MS);
});

test('a model that interprets all the time is timed at the guide’s pauses, though it never falls silent itself', () => {
  const scene = new Scene();
  for (let i = 0; i < 20; i++) {
    const begins = 10_000 + i * 7_000;
    scene.guide(begins, begins + 5_500);
    // It was slow at first; the guide's next sentence begins before the last is through.
    scene.model(begins + (i < 3 ? 6_000 : 5_000), { lasts: 5_400 });
  }
  expect(Math.abs(scene.lag.ms - (5_000 + PHONE_MS))).toBeLessThan(TOLERANCE_MS);
});
