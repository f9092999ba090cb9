import type { Context } from 'koa';
import { nanoid } from 'nanoid';
import * as z from 'zod/mini';
import type { AttendeePass } from '../../account/tokens.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { SignedIn } from '../access.ts';
import type { AddressLimits } from '../address-limits.ts';
import { readJson } from '../bodies.ts';
import { parameter, type Route } from '../route.ts';
import type { EventDesks } from './event-desks.ts';
import { EventStream } from './event-stream.ts';
import type { Outbox } from './outbox.ts';

const TYPE = 'text/event-stream';

interface OpenStream {
  readonly owner: string;
  readonly stream: EventStream;
}

/** What a message is, is looked at where it is read. */
const message = z.looseObject({ type: z.string().check(z.maxLength(32)) });

/** Events over plain HTTP, and a page's messages by POST, for where WebSockets do not pass. */
export function eventStreamRoutes({
  desks,
  limits,
  outbox,
}: {
  desks: EventDesks;
  limits: AddressLimits;
  outbox: Outbox;
}): Route[] {
  const streams = new Map<string, OpenStream>();
  return [
    {
      method: 'GET',
      path: '/api/tours/:id/events',
      who: 'guide or attendee',
      handle: async (context, who) => {
        const { req, res, URL: url } = context;
        const tour = parameter(context, 'id');
        const open = 'role' in who ? desks.forGuide(who, tour) : desks.forAttendee(who, url, tour);
        if (context.method === 'HEAD') {
          context.status = 200;
          context.set('Content-Type', TYPE);
          return;
        }
        await limits.expectRoom(req, res);
        // Hung up meanwhile: nothing would tell of its end.
        if (res.destroyed) return;
        beginStream(context);
        const stream = new EventStream(res);
        const id = nanoid();
        streams.set(id, { owner: ownerOf(who, tour), stream });
        stream.once('close', () => streams.delete(id));
        stream.start(id);
        open({ socket: stream, wire: res, outbox, address: req.socket.remoteAddress ?? '' });
      },
    },
    {
      method: 'POST',
      path: '/api/tours/:id/events/:stream',
      who: 'guide or attendee',
      handle: async (context, who) => {
        const open = streams.get(parameter(context, 'stream'));
        if (open?.owner !== ownerOf(who, parameter(context, 'id')))
          throw new UbizoError('listener_not_found', 'This connection is over; open a new one.');
        open.stream.receive(JSON.stringify(await readJson(context.req, message)));
        context.status = 204;
      },
    },
  ];
}

/** Whose it is: another's messages are not taken. */
function ownerOf(who: SignedIn | AttendeePass, tour: string): string {
  return 'role' in who ? `guide ${who.account?.id ?? ''} ${tour}` : `attendee ${who.id} ${tour}`;
}

/** Not Koa's to answer, nor to compress: that would hold events back. */
function beginStream(context: Context): void {
  context.respond = false;
  context.compress = false;
  context.status = 200;
  context.set('Content-Type', TYPE);
  // A proxy that gathers what passes would do the same.
  context.set('X-Accel-Buffering', 'no');
}
