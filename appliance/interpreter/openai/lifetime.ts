import type { IncomingMessage } from 'node:http';
import { ServerClock } from './server-clock.ts';

/** How long the server lets a session live. */
export class Lifetime {
  private readonly clock = new ServerClock();
  private lifeMs: number;
  private createdAt = 0;

  /** @param usualMs where the server does not say. */
  constructor(usualMs: number) {
    this.lifeMs = usualMs;
  }

  /** The server's answer tells its clock. */
  readonly read = (response: IncomingMessage): void => this.clock.read(response);

  /** @param expiresAt s since the epoch, by the server's clock. */
  begin(expiresAt: number | undefined): void {
    this.createdAt = performance.now();
    this.lifeMs = this.clock.msUntil(expiresAt) ?? this.lifeMs;
  }

  get remainingMs(): number {
    return Math.max(0, this.createdAt + this.lifeMs - performance.now());
  }

  /** How long before the server's end a successor should take over: `leadMs`, or half of a shorter life. */
  relayInMs(leadMs: number): number {
    return Math.max(0, this.remainingMs - Math.min(leadMs, this.lifeMs / 2));
  }
}
