import type { Context } from 'koa';

/** So much waits for a player that does not take it, bytes: 2 s; what comes then is left out. */
const MOST_WAITING = 16 * 1_024;
/** Who takes nothing for so long has gone, ms. */
const GONE_MS = 15_000;

/** An answer that goes on for as long as there is something to say and somebody to take it. */
export class HttpStream {
  private readonly response: Context['res'];
  private takenAt = performance.now();

  /** Answers at once. @param headers beside those that every answer has. */
  constructor(context: Context, headers: Readonly<Record<string, string>>) {
    this.response = context.res;
    // Not Koa's to answer, nor to compress: that would hold it back.
    context.respond = false;
    context.compress = false;
    context.status = 200;
    context.set({ ...headers, 'Cache-Control': 'no-store' });
  }

  start(onClose: () => void): void {
    // Who has hung up while it was looked whether they may is told of no more.
    if (this.response.destroyed) {
      onClose();
      return;
    }
    this.response.socket?.setNoDelay(true);
    this.response.once('close', onClose);
    this.response.on('error', () => this.response.destroy());
    this.response.flushHeaders();
  }

  get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** @returns whether it is on its way. */
  write(bytes: Uint8Array | string): boolean {
    if (!this.open) return false;
    const now = performance.now();
    if (this.response.writableLength < MOST_WAITING) this.takenAt = now;
    else {
      if (now - this.takenAt > GONE_MS) this.response.destroy();
      return false;
    }
    this.response.write(bytes);
    return true;
  }

  /** In order: what waits is still sent. */
  end(): void {
    this.response.end();
  }
}
