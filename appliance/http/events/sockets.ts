import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Portal } from '../../network/portal/portal.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { AddressLimits } from '../address-limits.ts';
import { statusOf, toProblem } from '../failures.ts';
import { sameOrigin } from '../origin.ts';
import type { Refusals } from '../refusals.ts';
import type { Permission } from '../route.ts';
import type { OpenSocket, SocketRoute } from '../socket-route.ts';
import { targetOf } from '../target.ts';
import type { EventDesks } from './event-desks.ts';
import { openArrivalSocket } from './open-desk.ts';
import type { OpenNews } from './open-news.ts';
import type { Outbox } from './outbox.ts';

const PATH = /^\/api\/tours\/([\w-]{1,64})\/(\w+)$/;
const OPEN_PATH = '/api/live/events';
const MAX_MESSAGE_BYTES = 4_096;
/** RFC 6455, 7.4.1 and the IANA's list of close codes. */
const TRY_AGAIN_LATER = 1013;

export interface SocketsOptions {
  readonly desks: EventDesks;
  /** Those beside the events. */
  readonly routes: readonly SocketRoute[];
  readonly openNews: OpenNews;
  readonly portal: Portal;
  readonly limits: AddressLimits;
  readonly outbox: Outbox;
  readonly refusals: Refusals;
}

/** The box's WebSockets: who may open one. */
export class Sockets {
  /** For the table of who may do what. */
  readonly permissions: readonly Permission[];
  private readonly options: SocketsOptions;
  private readonly routes: readonly SocketRoute[];
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  constructor(options: SocketsOptions) {
    const { desks, outbox, routes } = options;
    this.options = options;
    const events: SocketRoute = {
      name: 'events',
      who: 'guide or attendee',
      prepare: async (request, url, tour) => {
        const open = await desks.prepare(request, url, tour);
        return (opened) => open({ ...opened, outbox, address: addressOf(request) });
      },
    };
    this.routes = [events, ...routes];
    this.permissions = [
      ...this.routes.map(({ name, who }) => ({
        method: 'WebSocket' as const,
        path: `/api/tours/:id/${name}`,
        who,
      })),
      { method: 'WebSocket', path: OPEN_PATH, who: 'anyone' },
    ];
  }

  stop(): void {
    for (const socket of this.server.clients) socket.close(1001, 'the box is stopping');
    for (const socket of this.server.clients) socket.terminate();
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const open = await this.prepare(request);
      await this.options.limits.expectRoom(request, socket);
      this.server.handleUpgrade(request, socket, head, (webSocket) =>
        this.open(open, { socket: webSocket, wire: socket }),
      );
    } catch (error) {
      const status = refuse(socket, error);
      // Without its query, which may carry a token.
      const path = (request.url ?? '').replace(/\?.*$/s, '');
      this.options.refusals.add({ error, status, method: 'WebSocket', path });
    }
  }

  /** What was let in may have been shut out while the socket was opened. */
  private open(begin: (opened: OpenSocket) => void, opened: OpenSocket): void {
    try {
      begin(opened);
    } catch (error) {
      opened.socket.close(TRY_AGAIN_LATER, toProblem(error).code);
    }
  }

  private async prepare(request: IncomingMessage): Promise<(opened: OpenSocket) => void> {
    const { openNews: news, outbox, portal } = this.options;
    if (!portal.isOwn(request.headers.host, request.socket.localAddress))
      throw new UbizoError('forbidden', 'Call the box by its own name or address.');
    const url = targetOf(request);
    const [, tour, name] = PATH.exec(url.pathname) ?? [];
    const route = this.routes.find((each) => each.name === name);
    if (url.pathname !== OPEN_PATH && (!route || tour === undefined))
      throw new UbizoError('not_found', 'There is no socket at this address.');
    if (!sameOrigin(request)) throw new UbizoError('forbidden', 'A page of another site may not do this.');
    if (!route || tour === undefined)
      return (opened) =>
        openArrivalSocket({ page: { ...opened, outbox, address: addressOf(request) }, news });
    return route.prepare(request, url, tour);
  }
}

/** @returns the status. */
function refuse(socket: Duplex, error: unknown): number {
  const problem = toProblem(error);
  const status = statusOf(problem);
  const body = JSON.stringify({ error: problem });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  return status;
}

function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? '';
}
