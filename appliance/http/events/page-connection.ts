import type { Duplex } from 'node:stream';
import type { RawData } from 'ws';
import type { Outbox } from './outbox.ts';

/** What the events to a page and its messages travel on: a WebSocket, or what stands in for one. */
export interface PageSocket {
  /** As a WebSocket has it: 1 is open. */
  readonly readyState: number;
  /** @param taken called when the network has taken it */
  send(text: string, taken?: (error?: Error) => void): void;
  /** Asks the page for a sign of life. */
  ping(): void;
  close(code?: number, reason?: string): void;
  terminate(): void;
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown;
  on(event: 'ping' | 'pong' | 'error', listener: () => void): unknown;
  once(event: 'close', listener: () => void): unknown;
}

/** A page that has connected. */
export interface PageConnection {
  readonly socket: PageSocket;
  /** What carries it. */
  readonly wire: Pick<Duplex, 'cork' | 'uncork'>;
  readonly outbox: Outbox;
  /** Where it comes from. */
  readonly address: string;
}
