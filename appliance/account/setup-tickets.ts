import { createHash, randomBytes } from 'node:crypto';

const LASTS_MS = 5 * 60_000;
const MOST = 20;

/**
 * Carries who has shown the setup code to another address of the same box, from HTTP to HTTPS, where their cookie does
 * not go: in the fragment of a link, which no server and no log sees. Good once.
 */
export class SetupTickets {
  /** Until when, by hash; the oldest first. */
  private readonly open = new Map<string, number>();

  issue(): string {
    const ticket = randomBytes(24).toString('base64url');
    const [oldest] = this.open.keys();
    if (this.open.size >= MOST && oldest !== undefined) this.open.delete(oldest);
    this.open.set(hashOf(ticket), performance.now() + LASTS_MS);
    return ticket;
  }

  /** Whether it was good; it is no more. */
  take(ticket: string): boolean {
    const hash = hashOf(ticket);
    const until = this.open.get(hash);
    this.open.delete(hash);
    return until !== undefined && until >= performance.now();
  }
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
