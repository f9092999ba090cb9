import { FLOOR_RATE } from '../floor/floor-frame.ts';

const SAMPLES_PER_MS = FLOOR_RATE / 1000;
/** Sound is made in steps of 20 ms. */
const STEP = 20 * SAMPLES_PER_MS;
/** Two places of the sound are blended over 10 ms, and compared over 15. */
const FADE = 10 * SAMPLES_PER_MS;
const COMPARED = 15 * SAMPLES_PER_MS;
/** What is left out at once, samples: with these a period of any voice from 65 Hz up is found around `DEBT`. */
const LEAST = 30;
const MOST = 400;
/** So much must be due to be left out before it is, samples. */
const DEBT = 200;
/** A first look compares every fourth place, and of each every fourth sample. */
const COARSE = 4;
const AHEAD = Math.max(STEP, FADE) + COMPARED + MOST;
const CAPACITY = 4 * AHEAD;

/** Fills `into` from `from` up to `to`. @returns how many samples there were. */
export type SampleSource = (into: Int16Array, from: number, to: number) => number;

/**
 * Speech at another tempo, its pitch kept: now and then a piece as long as a few periods of the voice is left out where
 * what comes after it looks like what came before, and the two are blended (WSOLA: Verhelst and Roelands, ICASSP 1993).
 * Everything else is passed on as it is, and at tempo 1 all of it. Allocates nothing.
 */
export class TimeStretch {
  private readonly source: SampleSource;
  private readonly input = new Int16Array(CAPACITY);
  private readAt = 0;
  private writeAt = 0;
  /** Samples that should have been left out by now. */
  private debt = 0;

  constructor({ source }: { source: SampleSource }) {
    this.source = source;
  }

  /** Taken from the source and not heard yet, samples. */
  get held(): number {
    return this.writeAt - this.readAt;
  }

  /** Fills `into` at `tempo`, 1 or more. @returns how many samples there were; fewer only when the source is dry. */
  pull(into: Int16Array, tempo: number): number {
    let filled = 0;
    while (filled < into.length) {
      const step = Math.min(STEP, into.length - filled);
      const ahead = this.take(tempo === 1 ? step : AHEAD);
      if (ahead === 0) break;
      this.debt = tempo === 1 ? 0 : this.debt + step * (tempo - 1);
      if (this.debt >= DEBT && ahead >= AHEAD) filled += this.splice(into, filled, step);
      else filled += this.copy(into, filled, Math.min(step, ahead));
    }
    return filled;
  }

  clear(): void {
    this.readAt = this.writeAt = this.debt = 0;
  }

  /** Sees to it that so many samples are there, as far as the source has them. @returns how many are. */
  private take(wanted: number): number {
    if (this.held >= wanted) return this.held;
    if (this.readAt + wanted > CAPACITY) {
      this.input.copyWithin(0, this.readAt, this.writeAt);
      this.writeAt -= this.readAt;
      this.readAt = 0;
    }
    this.writeAt += this.source(this.input, this.writeAt, this.readAt + wanted);
    return this.held;
  }

  private copy(into: Int16Array, at: number, count: number): number {
    for (let i = 0; i < count; i++) into[at + i] = this.input[this.readAt + i] ?? 0;
    this.readAt += count;
    return count;
  }

  private splice(into: Int16Array, at: number, count: number): number {
    const { input, readAt } = this;
    const left = this.bestPlace(Math.max(LEAST, Math.round(this.debt) - DEBT), MOST);
    const fade = Math.min(FADE, count);
    for (let i = 0; i < fade; i++) {
      const share = (i + 0.5) / fade;
      const before = input[readAt + i] ?? 0;
      into[at + i] = Math.round(before + share * ((input[readAt + left + i] ?? 0) - before));
    }
    this.readAt += left + fade;
    this.debt -= left;
    return fade + this.copy(into, at + fade, count - fade);
  }

  /** How many samples on the sound looks most like what comes now. */
  private bestPlace(least: number, most: number): number {
    let best = least;
    let likeness = -Infinity;
    for (let place = least; place <= most; place += COARSE) {
      const found = this.likeness(place, COARSE);
      if (found <= likeness) continue;
      best = place;
      likeness = found;
    }
    likeness = -Infinity;
    const from = Math.max(least, best - COARSE + 1);
    const to = Math.min(most, best + COARSE - 1);
    for (let place = from; place <= to; place++) {
      const found = this.likeness(place, 1);
      if (found <= likeness) continue;
      best = place;
      likeness = found;
    }
    return best;
  }

  /** Correlation, normalised by the loudness there, 0 for silence. */
  private likeness(place: number, step: number): number {
    const { input, readAt } = this;
    let product = 0;
    let power = 0;
    for (let i = readAt; i < readAt + COMPARED; i += step) {
      const there = input[i + place] ?? 0;
      product += (input[i] ?? 0) * there;
      power += there * there;
    }
    return power === 0 ? 0 : product / Math.sqrt(power);
  }
}
