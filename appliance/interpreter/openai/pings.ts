import { WebSocket } from 'ws';
import type { OpenAiTiming } from './timing.ts';

export interface PingsOptions {
  readonly timing: Pick<OpenAiTiming, 'pingMs' | 'pongTimeoutMs'>;
  /** What a ping asks the server to confirm: everything sent before it. */
  readonly position: () => number;
  readonly onConfirmed: (position: number) => void;
  readonly onSilent: () => void;
  /** The server has said goodbye. */
  readonly onClosed: () => void;
}

/** Whether the server is still there, and how much of what it was sent has reached it (RFC 6455, 5.5.2). */
export class Pings {
  private readonly options: PingsOptions;
  private timer: NodeJS.Timeout | undefined;
  private unansweredSince: number | undefined;

  constructor(options: PingsOptions) {
    this.options = options;
  }

  start(socket: WebSocket): void {
    socket.on('pong', (data) => {
      this.unansweredSince = undefined;
      this.options.onConfirmed(Number(data.toString('latin1')));
    });
    this.timer = setInterval(() => this.ping(socket), this.options.timing.pingMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private ping(socket: WebSocket): void {
    const { timing, position, onSilent, onClosed } = this.options;
    // A server that says goodbye but keeps the socket would hold ws up for 30 s.
    if (socket.readyState !== WebSocket.OPEN) {
      onClosed();
      return;
    }
    const now = performance.now();
    this.unansweredSince ??= now;
    if (now - this.unansweredSince >= timing.pongTimeoutMs) onSilent();
    else socket.ping(String(position()));
  }
}
