import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Permission } from './route.ts';

/** A WebSocket that has been opened. */
export interface OpenSocket {
  readonly socket: WebSocket;
  /** What carries it. */
  readonly wire: Duplex;
}

/** An address of a tour that is opened as a WebSocket, by a page of this box or by a program. */
export interface SocketRoute {
  /** What stands in `/api/tours/ID/NAME`. */
  readonly name: string;
  readonly who: Permission['who'];
  /**
   * Before it opens: whether the caller may. @returns what to do with it when it is open.
   * @throws UbizoError why it is not opened.
   */
  readonly prepare: (
    request: IncomingMessage,
    url: URL,
    tour: string,
  ) => Promise<(opened: OpenSocket) => void>;
}
