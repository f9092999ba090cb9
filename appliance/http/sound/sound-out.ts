import { nanoid } from 'nanoid';
import { WebSocket } from 'ws';
import type { OpenSocket } from '../socket-route.ts';

/** How often it is asked whether what was sent has arrived, ms. */
const ASK_MS = 400;
/** Sound that is later than this is of no use, ms: nothing is sent while an answer is so long in coming. */
const LATE_MS = 600;
/** Without an answer for so long nobody is there, ms. */
const GONE_MS = 10_000;

/**
 * Sends sound on a WebSocket, and leaves out what would come late. What waits in the kernel nobody tells: so each ping
 * (RFC 6455, 5.5.2), which arrives after all that was sent before it and which browsers answer by themselves, says how far
 * the other end is; it carries a word that nobody knows who has not read what came before it.
 */
export class SoundOut {
  private readonly opened: OpenSocket;
  private looking: NodeJS.Timeout | undefined;
  /** When the ping was sent that has not been answered. */
  private askedAt: number | undefined;
  /** What it carried. */
  private word = '';

  constructor(opened: OpenSocket) {
    this.opened = opened;
  }

  start(onClose: () => void): void {
    const { socket } = this.opened;
    socket.on('pong', (data) => {
      if (data.toString() === this.word) this.askedAt = undefined;
    });
    socket.on('error', () => socket.terminate());
    socket.once('close', () => {
      clearInterval(this.looking);
      onClose();
    });
    this.looking = setInterval(() => this.look(), ASK_MS);
  }

  /** @returns whether it was sent. */
  send(message: Uint8Array | string): boolean {
    const { socket } = this.opened;
    if (socket.readyState !== WebSocket.OPEN || this.waited() > LATE_MS) return false;
    socket.send(message);
    return true;
  }

  close(): void {
    this.opened.socket.close(1001);
  }

  private look(): void {
    const { socket } = this.opened;
    if (this.waited() > GONE_MS) socket.terminate();
    if (this.askedAt !== undefined) return;
    this.askedAt = performance.now();
    this.word = nanoid();
    socket.ping(this.word);
  }

  private waited(): number {
    return this.askedAt === undefined ? 0 : performance.now() - this.askedAt;
  }
}
