import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { WebSocket } from 'ws';
import type { PageSocket } from './page-connection.ts';

/**
 * Events to a page as `text/event-stream` (HTML Living Standard, 9.2), its messages from elsewhere: for where WebSockets do
 * not pass. Events of their own tell what a WebSocket does beside messages: `stream` (where messages go), `ping`, `close`.
 */
export class EventStream extends EventEmitter implements PageSocket {
  private readonly response: ServerResponse;

  constructor(response: ServerResponse) {
    super();
    this.response = response;
  }

  get readyState(): number {
    return this.response.writableEnded || this.response.destroyed ? WebSocket.CLOSED : WebSocket.OPEN;
  }

  /** @param id where messages of the page are taken */
  start(id: string): void {
    this.response.socket?.setNoDelay(true);
    this.response.once('close', () => this.emit('close'));
    this.response.on('error', () => this.terminate());
    this.response.write(`event: stream\ndata: ${id}\n\n`);
  }

  send(text: string, taken?: (error?: Error) => void): void {
    this.response.write(`data: ${text}\n\n`, (error) => taken?.(error ?? undefined));
  }

  ping(): void {
    this.response.write('event: ping\ndata:\n\n');
  }

  close(code = 1000): void {
    if (this.readyState === WebSocket.OPEN) this.response.end(`event: close\ndata: ${code}\n\n`);
  }

  terminate(): void {
    this.response.destroy();
  }

  /** A message of the page, by another request. */
  receive(text: string): void {
    this.emit('message', Buffer.from(text), false);
  }
}
