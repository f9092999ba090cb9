import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Tokens } from '../../account/tokens.ts';
import type { Listeners } from '../../listener/listeners.ts';
import type { Paces } from '../../pace/paces.ts';
import type { Qualities } from '../../quality/qualities.ts';
import type { Portal } from '../../network/portal/portal.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { namedLanguage } from '../../protocol/languages.ts';
import type { TourDeskView } from '../../protocol/views.ts';
import type { Tours } from '../../tour/tours.ts';
import { type Access, expectTheirs, expectTheirTour, type SignedIn } from '../access.ts';
import type { AddressLimits } from '../address-limits.ts';
import type { DeskViews } from '../desk-views.ts';
import { statusOf, toProblem } from '../failures.ts';
import { sameOrigin } from '../origin.ts';
import type { Refusals } from '../refusals.ts';
import type { Permission } from '../route.ts';
import { targetOf } from '../target.ts';
import { openAttendeeSocket } from './attendee-desk.ts';
import type { BoxNews } from './box-news.ts';
import { CLOSE } from './close-codes.ts';
import { openArrivalSocket } from './open-desk.ts';
import type { OpenNews } from './open-news.ts';
import { openGuideSocket } from './guide-desk.ts';
import { Outbox } from './outbox.ts';
import type { PageConnection } from './socket.ts';

const PATH = /^\/api\/tours\/([\w-]{1,64})\/events$/;
const OPEN_PATH = '/api/live/events';
const MAX_MESSAGE_BYTES = 4_096;

export interface SocketsOptions {
  readonly access: Access;
  readonly tokens: Tokens;
  readonly tours: Tours;
  readonly listeners: Listeners;
  readonly paces: Paces;
  readonly qualities: Qualities;
  readonly deskViews: DeskViews;
  readonly openNews: OpenNews;
  readonly boxNews: BoxNews;
  readonly portal: Portal;
  readonly limits: AddressLimits;
  readonly refusals: Refusals;
}

interface OpenDesk {
  readonly who: SignedIn;
  readonly events: ReturnType<typeof openGuideSocket>;
}

/** The events sockets: who may open one, and for how long. */
export class Sockets {
  /** For the table of who may do what. */
  readonly permissions: readonly Permission[] = [
    { method: 'WebSocket', path: '/api/tours/:id/events', who: 'guide or attendee' },
    { method: 'WebSocket', path: OPEN_PATH, who: 'anyone' },
  ];
  private readonly options: SocketsOptions;
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  private readonly outbox = new Outbox();
  private readonly desks = new Set<OpenDesk>();

  constructor(options: SocketsOptions) {
    this.options = options;
    options.access.subscribe(() => this.sweep());
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
        open({ socket: webSocket, wire: socket, outbox: this.outbox }),
      );
    } catch (error) {
      const status = refuse(socket, error);
      // Without its query, which may carry a token.
      const path = (request.url ?? '').replace(/\?.*$/s, '');
      this.options.refusals.add({ error, status, method: 'WebSocket', path });
    }
  }

  /** A socket with a token is an attendee's; one without is a guide's, by cookie. */
  private async prepare(request: IncomingMessage): Promise<(page: PageConnection) => void> {
    const { access, tours, tokens, listeners, paces, qualities, deskViews, portal } = this.options;
    if (!portal.isOwn(request.headers.host, request.socket.localAddress))
      throw new UbizoError('forbidden', 'Call the box by its own name or address.');
    const url = targetOf(request);
    const { openNews: news, boxNews: box } = this.options;
    if (url.pathname === OPEN_PATH) {
      expectSameOrigin(request);
      return (page) => openArrivalSocket({ page, news });
    }
    const id = PATH.exec(url.pathname)?.[1];
    if (id === undefined) throw new UbizoError('not_found', 'There is no socket at this address.');
    expectSameOrigin(request);
    const token = url.searchParams.get('token');
    if (token === null) {
      const who = await access.guide(request);
      const tour = tours.get(id);
      expectTheirs(who, tour.record);
      const view = (): TourDeskView => deskViews.of(tour, who);
      const about = { pace: paces.of(id), quality: qualities.of(id) };
      return (page) =>
        this.keep(page.socket, {
          who,
          events: openGuideSocket({ page, tour, view, box, ...about }),
        });
    }
    const who = await tokens.verify('attendee', token);
    expectTheirTour(who, id);
    const tour = tours.get(id);
    const language = namedLanguage(url.searchParams.get('language'));
    const listening = url.searchParams.get('listening') !== 'no';
    const about = { pace: paces.of(id), quality: qualities.of(id) };
    return (page) => openAttendeeSocket({ page, who, language, listening, tour, listeners, ...about });
  }

  private keep(socket: WebSocket, desk: OpenDesk): void {
    this.desks.add(desk);
    socket.once('close', () => this.desks.delete(desk));
  }

  /** Hangs up on guides who are no longer signed in, or may do less than before. */
  private sweep(): void {
    for (const { who, events } of this.desks) {
      if (this.options.access.stillIn(who)) continue;
      events.dismiss(CLOSE.signedOut, this.options.access.whyOut(who));
    }
  }
}

/** @throws UbizoError `forbidden`. */
function expectSameOrigin(request: IncomingMessage): void {
  if (!sameOrigin(request)) throw new UbizoError('forbidden', 'A page of another site may not do this.');
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
