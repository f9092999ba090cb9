import { UbizoError } from '../protocol/errors.ts';

/** Somebody who changes their mind, and again; more is somebody who plays with it. */
const MOST = 12;
const WITHIN_MS = 60_000;

/**
 * How often one visitor asks for the floor. Answers at once, unlike the box's other limits: a press and its release must
 * not overtake each other.
 */
export class RequestPace {
  /** When each has asked lately; who asked last comes last. */
  private readonly times = new Map<string, number[]>();

  /** Of how many it remembers anything. */
  get size(): number {
    return this.times.size;
  }

  /** @throws UbizoError `too_many_attempts`. */
  take(attendee: string, now: number = performance.now()): void {
    const recent = (this.times.get(attendee) ?? []).filter((at) => now - at < WITHIN_MS);
    this.times.delete(attendee);
    this.times.set(attendee, recent);
    this.forgetOld(now);
    const [oldest] = recent;
    if (recent.length < MOST || oldest === undefined) {
      recent.push(now);
      return;
    }
    const seconds = Math.max(1, Math.ceil((oldest + WITHIN_MS - now) / 1_000));
    throw new UbizoError(
      'too_many_attempts',
      `You ask to speak too often. Wait ${seconds} s, then try again.`,
      { retryAfterS: seconds },
    );
  }

  forget(attendee: string): void {
    this.times.delete(attendee);
  }

  /** Anyone may join, and ask, and never come back. */
  private forgetOld(now: number): void {
    for (const [attendee, times] of this.times) {
      if (now - (times.at(-1) ?? now) < WITHIN_MS) return;
      this.times.delete(attendee);
    }
  }
}
