import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { UbizoError } from '../protocol/errors.ts';

/** A coach of 60 people may share one address (NAT): each with a browser's six connections, and a page or three. */
const MOST_CONNECTIONS = 600;
const MOST_SOCKETS = 240;
/** All of them come back at once, and over and over, when the Wi-Fi comes and goes. */
const SOCKETS_OPENED = { points: 600, duration: 60 };

/** What one address may hold open. The box has one processor or four, and the guide's voice comes first. */
export class AddressLimits {
  private readonly connections = new Tally(MOST_CONNECTIONS);
  private readonly sockets = new Tally(MOST_SOCKETS);
  private readonly opened = new RateLimiterMemory(SOCKETS_OPENED);

  /** A connection that is too many is closed before it has said anything. */
  connected(socket: Socket): void {
    const leave = this.connections.enter(socket.remoteAddress ?? '');
    if (leave) socket.once('close', leave);
    else socket.destroy();
  }

  /** Before a page is told events. @throws UbizoError `too_many_attempts`. */
  async expectRoom(request: IncomingMessage, socket: Pick<Writable, 'destroyed' | 'once'>): Promise<void> {
    const address = request.socket.remoteAddress ?? '';
    await takeOne(this.opened, address, 'Too many pages of this network connect at once.');
    const leave = this.sockets.enter(address);
    if (!leave) throw tooMany('Too many pages of this network are open at once. Close some of them.', 10);
    if (socket.destroyed) leave();
    else socket.once('close', leave);
  }
}

/** @throws UbizoError `too_many_attempts` with `sentence` and how long to wait. */
export async function takeOne(limit: RateLimiterMemory, key: string, sentence: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
    throw tooMany(`${sentence} Wait ${seconds} s, then try again.`, seconds);
  }
}

/** How many there are by address. */
class Tally {
  private readonly most: number;
  private readonly counts = new Map<string, number>();

  constructor(most: number) {
    this.most = most;
  }

  /** @returns what to call at the end; nothing when it is one too many. */
  enter(address: string): (() => void) | undefined {
    const count = this.counts.get(address) ?? 0;
    if (count >= this.most) return undefined;
    this.counts.set(address, count + 1);
    return () => {
      const left = (this.counts.get(address) ?? 1) - 1;
      if (left > 0) this.counts.set(address, left);
      else this.counts.delete(address);
    };
  }
}

function tooMany(sentence: string, retryAfterS: number): UbizoError {
  return new UbizoError('too_many_attempts', sentence, { retryAfterS });
}
