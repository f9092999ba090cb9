import type { IncomingMessage } from 'node:http';

const LONGEST_LIFE_MS = 24 * 3_600_000;

/** The server's clock counts, not the box's, which may be wrong before it has found a time server. */
export class ServerClock {
  private aheadMs = 0;

  read(response: IncomingMessage): void {
    const serverTime = Date.parse(response.headers.date ?? '');
    if (Number.isFinite(serverTime)) this.aheadMs = serverTime - Date.now();
  }

  /** @param at s since the epoch. @returns undefined for what cannot be a session's end. */
  msUntil(at: number | undefined): number | undefined {
    if (at === undefined) return undefined;
    const ms = at * 1_000 - (Date.now() + this.aheadMs);
    return ms > 0 && ms < LONGEST_LIFE_MS ? ms : undefined;
  }
}
