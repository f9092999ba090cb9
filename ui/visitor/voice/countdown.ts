import type { ReactiveControllerHost } from 'lit';

/** The box reckons the same end anew each time it tells it: so far apart it is still the same, ms. */
const SAME_MS = 2_000;
/** How often it looks, ms; a page is drawn anew only when the second has changed. */
const LOOK_MS = 200;

/**
 * How much time is left. The box's clock and a phone's may be minutes apart: it counts from when the end was first told,
 * and the same end told again changes nothing.
 */
export class Countdown {
  /** Whole seconds, while there is an end. */
  left: number | undefined;
  private readonly host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  private readonly now: () => number;
  private readonly onOver: () => void;
  private timer: ReturnType<typeof setInterval> | undefined;
  private told: number | undefined;
  private end = 0;

  constructor(
    host: Pick<ReactiveControllerHost, 'requestUpdate'>,
    {
      onOver = () => undefined,
      now = () => performance.now(),
    }: { onOver?: () => void; now?: () => number } = {},
  ) {
    this.host = host;
    this.now = now;
    this.onOver = onOver;
  }

  /** @param endsAt by the box's clock  @param longestMs how long it lasts when it begins */
  begin(endsAt: number | undefined, longestMs: number): void {
    if (this.timer !== undefined && Math.abs((endsAt ?? 0) - (this.told ?? 0)) < SAME_MS) return;
    this.stop();
    this.told = endsAt;
    this.end = this.now() + longestMs;
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.left = undefined;
  }

  private look(): void {
    const left = Math.max(0, Math.ceil((this.end - this.now()) / 1_000));
    if (left === this.left) return;
    this.left = left;
    this.host.requestUpdate();
    if (left === 0) this.onOver();
  }
}
