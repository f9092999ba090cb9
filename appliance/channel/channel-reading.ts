import { FLOOR_RATE } from '../floor/floor-frame.ts';
import type { ReadingEvents } from './channel.ts';

/** A cut reading is gone after this much: 20 ms. */
const FADE = 0.02 * FLOOR_RATE;
/** So long it waits for a pause, ms. */
const PATIENCE_MS = 3_000;
const NOTHING: Int16Array = new Int16Array(0);
const NO_EVENTS: ReadingEvents = {};

/**
 * The reading in one channel: waits for its turn, is mixed in, ends or is cut. Hot paths (`turn`, `hear`, `mixInto`)
 * allocate nothing.
 */
export class ChannelReading {
  private samples = NOTHING;
  private events = NO_EVENTS;
  private at = 0;
  /** What is left of it once it is cut; infinite while it is not. */
  private left = Infinity;
  private waitedMs = 0;
  private phase: 'none' | 'waiting' | 'heard' = 'none';
  private voiced = false;

  /** There is one, heard or not yet. */
  get pending(): boolean {
    return this.phase !== 'none';
  }

  get heard(): boolean {
    return this.phase === 'heard';
  }

  begin(samples: Int16Array, events: ReadingEvents = NO_EVENTS): void {
    this.drop();
    this.samples = samples;
    this.events = events;
    this.at = 0;
    this.left = Infinity;
    this.waitedMs = 0;
    this.phase = 'waiting';
  }

  cut(): void {
    if (this.phase === 'heard') this.left = Math.min(this.left, FADE);
    else this.drop();
  }

  /** Without a fade: nothing of this channel is heard any more. */
  drop(): void {
    if (this.phase !== 'none') this.end('cut');
  }

  /** So much time passes. `free`: the voice that is heard here pauses. @returns whether the reading is heard now. */
  turn(ms: number, free: boolean): boolean {
    if (this.phase !== 'waiting') return this.phase === 'heard';
    this.waitedMs += ms;
    if (!free && this.waitedMs < PATIENCE_MS) return false;
    this.phase = 'heard';
    this.events.onBegin?.();
    return this.heard;
  }

  /** Each frame of the floor. @param voiced whether somebody speaks in it */
  hear(voiced: boolean): void {
    const begins = voiced && !this.voiced;
    this.voiced = voiced;
    if (begins && this.phase === 'heard') this.events.onBargeIn?.();
  }

  /** Adds what is due to `count` samples of `into`. */
  mixInto(into: Int16Array, from: number, count: number): void {
    if (this.phase !== 'heard') return;
    const { samples } = this;
    for (let i = from; i < from + count; i++) {
      if (this.at === samples.length || this.left === 0) break;
      const gain = this.left < FADE ? this.left / FADE : 1;
      this.left--;
      const mixed = (into[i] ?? 0) + (samples[this.at++] ?? 0) * gain;
      into[i] = mixed > 32_767 ? 32_767 : mixed < -32_768 ? -32_768 : mixed;
    }
    if (this.left === 0) this.end('cut');
    else if (this.at === samples.length) this.end('heard');
  }

  private end(how: 'heard' | 'cut'): void {
    const { events } = this;
    this.phase = 'none';
    this.samples = NOTHING;
    this.events = NO_EVENTS;
    events.onEnd?.(how);
  }
}
