import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import compress from 'koa-compress';
import { WebSocketServer } from 'ws';
import type { Listeners } from '../listener/listeners.ts';
import type { Log } from '../log.ts';
import type { Portal } from '../network/portal/portal.ts';
import { UbizoError } from '../protocol/errors.ts';
import { namedLanguage } from '../protocol/languages.ts';
import type { Tours } from '../tour/tours.ts';
import { type Access, sameOrigin } from './access.ts';
import { AddressLimits } from './address-limits.ts';
import { openAttendeeSocket } from './events/attendee-desk.ts';
import { openGuideSocket } from './events/guide-desk.ts';
import { answerFailure, statusOf, toProblem } from './failures.ts';
import { Outbox } from './events/outbox.ts';
import { pages, securityHeaders } from './pages.ts';
import { portalGate } from './portal.ts';
import type { Route } from './route.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly Route[];
  readonly access: Access;
  readonly tours: Tours;
  readonly listeners: Listeners;
  readonly portal: Portal;
  readonly pagesRoot: string;
  readonly log: Log;
}

const EVENTS_PATH = /^\/api\/tours\/([\w-]{1,64})\/events$/;
const MAX_MESSAGE_BYTES = 4_096;
/** Who says a request so slowly holds a place for nothing (slow loris): cut off within 15 s, or 25 with a body. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5_000 };
/** Nor does one stay who does not take their answer. */
const SILENT_MS = 60_000;
const MAX_HEADERS = 64;

/** The box's only way in for control: HTTP, and WebSockets for events. */
export class HttpServer {
  private readonly options: HttpServerOptions;
  private readonly server: Server;
  private readonly limits = new AddressLimits();
  private readonly outbox = new Outbox();
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  constructor(options: HttpServerOptions) {
    this.options = options;
    const koa = this.application();
    const handle = koa.callback();
    this.server = createServer(PATIENCE, (request, response) => void handle(request, response));
    this.server.maxHeadersCount = MAX_HEADERS;
    this.server.setTimeout(SILENT_MS);
    this.server.on('connection', (socket) => this.limits.connected(socket));
    this.server.on('upgrade', (request, socket, head) => void this.upgrade(request, socket, head));
  }

  /** The port it listens on, once started. */
  get port(): number {
    return (this.server.address() as AddressInfo | null)?.port ?? this.options.port;
  }

  /** @throws when the address is taken. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.options.port, this.options.host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets.clients) socket.close(1001, 'the box is stopping');
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    for (const socket of this.sockets.clients) socket.terminate();
    await closed;
  }

  private application(): Koa {
    const { log, pagesRoot } = this.options;
    const koa = new Koa();
    const router = new Router();
    for (const route of this.options.routes) {
      router.register(route.path, [route.method], (context: Context) => this.call(route, context));
    }
    koa.use(portalGate(this.options.portal));
    koa.use(securityHeaders);
    koa.use(async (context, next) => {
      try {
        await next();
        if (context.status === 404 && context.body === undefined)
          throw new UbizoError('not_found', 'There is nothing at this address.');
        if (context.status === 405)
          throw new UbizoError('method_not_allowed', 'This address does not take that method.');
      } catch (error) {
        answerFailure(context, error, log);
      }
    });
    koa.use(compress({ br: false }));
    koa.use(async (context, next) => {
      if (context.path.startsWith('/api/')) context.set('Cache-Control', 'no-store');
      if (context.method !== 'GET' && context.method !== 'HEAD' && !sameOrigin(context.req)) {
        throw new UbizoError('forbidden', 'A page of another site may not do this.');
      }
      await next();
    });
    koa.use(router.routes());
    koa.use(
      router.allowedMethods({
        throw: true,
        methodNotAllowed: () =>
          new UbizoError('method_not_allowed', 'This address does not take that method.'),
      }),
    );
    koa.use(pages({ root: pagesRoot }));
    return koa;
  }

  private async call(route: Route, context: Context): Promise<void> {
    const { access } = this.options;
    if (route.who === 'attendee') await route.handle(context, await access.attendee(context.req));
    else {
      if (route.who === 'guide') await access.guide(context.req);
      await route.handle(context);
    }
  }

  /** A socket with a token is an attendee's; one without is a guide's, by cookie. */
  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const { access, tours, listeners, portal } = this.options;
      if (!portal.isOwn(request.headers.host, request.socket.localAddress))
        throw new UbizoError('forbidden', 'Call the box by its own name or address.');
      const url = new URL(request.url ?? '/', 'http://box');
      const id = EVENTS_PATH.exec(url.pathname)?.[1];
      if (id === undefined) throw new UbizoError('not_found', 'There is no socket at this address.');
      if (!sameOrigin(request)) throw new UbizoError('forbidden', 'A page of another site may not do this.');
      const who = url.searchParams.has('token')
        ? await access.attendeeOfQuery(url)
        : await access.guide(request);
      const tour = tours.get(id);
      if (who.role === 'attendee' && who.tour !== id)
        throw new UbizoError('token_invalid', 'This pass is for another tour.');
      await this.limits.expectRoom(request, socket);
      this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
        const page = { socket: webSocket, wire: socket, outbox: this.outbox };
        const language = namedLanguage(url.searchParams.get('language'));
        if (who.role === 'attendee') openAttendeeSocket({ page, who, language, tour, listeners });
        else openGuideSocket({ page, tour });
      });
    } catch (error) {
      refuse(socket, error);
    }
  }
}

function refuse(socket: Duplex, error: unknown): void {
  const problem = toProblem(error);
  const status = statusOf(problem);
  const body = JSON.stringify({ error: problem });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
