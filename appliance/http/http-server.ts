import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import compress from 'koa-compress';
import type { Tokens } from '../account/tokens.ts';
import type { Listeners } from '../listener/listeners.ts';
import type { Log } from '../log.ts';
import type { Portal } from '../network/portal/portal.ts';
import { UbizoError } from '../protocol/errors.ts';
import type { Paces } from '../pace/paces.ts';
import type { Qualities } from '../quality/qualities.ts';
import type { Streams } from '../stream/streams.ts';
import type { Tours } from '../tour/tours.ts';
import { type Access, expectTheirs, expectTheirTour, expectToSpeak } from './access.ts';
import { AddressLimits } from './address-limits.ts';
import type { Arrivals } from './arrivals.ts';
import type { BoxNews } from './events/box-news.ts';
import type { OpenNews } from './events/open-news.ts';
import { EventDesks } from './events/event-desks.ts';
import type { AttendeeSide, DeskSide } from './events/side.ts';
import { eventStreamRoutes } from './events/event-stream-routes.ts';
import { Outbox } from './events/outbox.ts';
import { Sockets } from './events/sockets.ts';
import type { DeskViews } from './desk-views.ts';
import { answerFailure } from './failures.ts';
import { sameOrigin } from './origin.ts';
import { pages, securityHeaders } from './pages.ts';
import { Port, type PortOptions } from './port.ts';
import { portalGate } from './portal.ts';
import type { Refusals } from './refusals.ts';
import { type Permission, type Route, tourNamed } from './route.ts';
import type { SocketRoute } from './socket-route.ts';
import { targetOf } from './target.ts';

export interface HttpServerOptions {
  readonly host: string;
  readonly port: number;
  /** Where it is to answer over HTTPS, once there is a certificate. */
  readonly httpsPort: number;
  readonly routes: readonly Route[];
  readonly sockets: readonly SocketRoute[];
  readonly access: Access;
  readonly tokens: Tokens;
  readonly tours: Tours;
  readonly listeners: Listeners;
  readonly streams: Streams;
  readonly paces: Paces;
  readonly qualities: Qualities;
  readonly attendeeSides: readonly AttendeeSide[];
  readonly deskSides: readonly DeskSide[];
  readonly deskViews: DeskViews;
  readonly portal: Portal;
  readonly pagesRoot: string;
  readonly arrivals: Arrivals;
  readonly openNews: OpenNews;
  readonly boxNews: BoxNews;
  readonly refusals: Refusals;
  readonly log: Log;
}

/** The box's only way in for control: HTTP, and WebSockets for events. */
export class HttpServer {
  private readonly options: HttpServerOptions;
  private readonly routes: readonly Route[];
  private readonly http: Port;
  private https: Port | undefined;
  private readonly sockets: Sockets;
  private readonly ways: Omit<PortOptions, 'port' | 'certificate'>;

  constructor(options: HttpServerOptions) {
    this.options = options;
    const limits = new AddressLimits();
    const desks = new EventDesks(options);
    const outbox = new Outbox();
    this.routes = [...options.routes, ...eventStreamRoutes({ desks, limits, outbox })];
    this.sockets = new Sockets({ ...options, desks, limits, outbox, routes: options.sockets });
    const handle = this.application().callback();
    this.ways = {
      host: options.host,
      limits,
      handle: (request, response) => void handle(request, response),
      onUpgrade: (request, socket, head) => void this.sockets.upgrade(request, socket, head),
    };
    this.http = new Port({ ...this.ways, port: options.port });
  }

  /** The port it listens on, once started. */
  get port(): number {
    return this.http.number;
  }

  /** The port it listens on for HTTPS, while it does. */
  get securePort(): number | undefined {
    return this.https?.number;
  }

  /** Who may do what: every route, and the sockets. */
  get permissions(): readonly Permission[] {
    const routes = this.routes.map(({ method, path, who }) => ({ method, path, who }));
    return [...routes, ...this.sockets.permissions];
  }

  /** @throws when the address is taken. */
  async start(): Promise<void> {
    await this.http.start();
  }

  /** Answers over HTTPS too, from now on with this certificate. @throws when the address is taken. */
  async secure(certificate: { readonly cert: string; readonly key: string }): Promise<void> {
    if (this.https) {
      this.https.renew(certificate);
      return;
    }
    const https = new Port({ ...this.ways, port: this.options.httpsPort, certificate });
    await https.start();
    this.https = https;
  }

  async stop(): Promise<void> {
    const ports = [this.http, ...(this.https ? [this.https] : [])];
    this.https = undefined;
    const closed = ports.map((port) => port.stop());
    this.sockets.stop();
    await Promise.all(closed);
  }

  private application(): Koa {
    const { log, pagesRoot, arrivals, refusals } = this.options;
    const koa = new Koa();
    // A phone that hangs up before its answer is taken; Koa would write that to stderr.
    koa.on('error', (error: unknown) => log.debug({ err: error }, 'an answer was not taken'));
    const router = new Router();
    const written = this.routes.toSorted(
      (a, b) => Number(a.path.includes(':')) - Number(b.path.includes(':')),
    );
    // `/whep/desk` is no tour: a path that is written out comes before one with a name in the same place.
    for (const route of written) {
      router.register(route.path, [route.method], (context: Context) => this.call(route, context));
    }
    koa.use(async (context, next) => {
      try {
        targetOf(context.req);
      } catch (error) {
        // No part of it can be read, also not to tell of it.
        context.url = '/';
        return answerFailure(context, error, refusals);
      }
      await next();
    });
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
        answerFailure(context, error, refusals);
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
    koa.use(pages({ root: pagesRoot, arrivals, log }));
    return koa;
  }

  private async call(route: Route, context: Context): Promise<void> {
    context.state['route'] = route.path;
    const { access, tours } = this.options;
    const tour = tourNamed(route, context);
    switch (route.who) {
      case 'anyone':
        return route.handle(context);
      case 'signed-in':
        return route.handle(context, await access.signedIn(context.req));
      case 'owner':
        return route.handle(context, await access.owner(context.req));
      case 'guide': {
        const who = await access.guide(context.req);
        if (tour !== undefined) expectTheirs(who, tours.get(tour).record);
        return route.handle(context, who);
      }
      case 'guide or publisher': {
        const who = await access.speaker(context.req);
        if (tour !== undefined) expectToSpeak(who, tours.get(tour).record);
        return route.handle(context, who);
      }
      case 'guide or attendee': {
        const who = await access.guideOrAttendee(context.req, context.URL);
        if (tour === undefined) return route.handle(context, who);
        if ('role' in who) expectTheirs(who, tours.get(tour).record);
        else if (tour !== who.tour) expectTheirTour(who, tours.get(tour).record.id);
        return route.handle(context, who);
      }
      case 'attendee': {
        const who = await access.attendee(context.req);
        if (tour !== undefined && tour !== who.tour) expectTheirTour(who, tours.get(tour).record.id);
        return route.handle(context, who);
      }
    }
  }
}
