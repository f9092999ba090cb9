import { UbizoError } from '../protocol/errors.ts';

/** Somebody who changes their mind, and again; more is somebody who plays with it. */
const MOST = 12;
const WITHIN_MS = 60_000;

/**
 * How often one visitor asks for the floor. Answers at once, unlike the box's other limits: a press and its release must
 * not overtake each other.
 */
export class RequestPace {
  private readonly times = new Map<string, number[]>();

  /** @throws UbizoError `too_many_attempts`. */
  take(attendee: string, now: number = performance.now()): void {
    const recent = (this.times.get(attendee) ?? []).filter((at) => now - at < WITHIN_MS);
    this.times.set(attendee, recent);
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
}
