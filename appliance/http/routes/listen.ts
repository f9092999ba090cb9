import type { Context } from 'koa';
import { nanoid } from 'nanoid';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AttendeePass, Tokens } from '../../account/tokens.ts';
import { normaliseCode } from '../../protocol/codes.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { namedLanguage } from '../../protocol/languages.ts';
import type { PlainStreams } from '../../stream/plain-streams.ts';
import type { Streams } from '../../stream/streams.ts';
import type { Tour } from '../../tour/tour.ts';
import { expectTheirTour } from '../access.ts';
import { takeOne } from '../address-limits.ts';
import { bearerOf } from '../bearer.ts';
import type { EntryCodes } from '../entry-codes.ts';
import { parameter, type Route } from '../route.ts';
import { HttpStream } from '../sound/http-stream.ts';
import type { TourCodes } from '../tour-codes.ts';

/** Per address: a busload whose players begin anew now and then. */
const STREAMS = { points: 300, duration: 60 };
const FILE = /^([a-z\d-]{1,35})\.(mp3|ogg)$/i;
/** Of an entry code that an address names. */
const MOST_TYPED = 64;

const TYPES = { mp3: 'audio/mpeg', ogg: 'audio/ogg; codecs=opus' } as const;

export interface ListenRouteParts {
  readonly codes: TourCodes;
  readonly entryCodes: EntryCodes;
  readonly tokens: Tokens;
  readonly streams: Streams;
  readonly plain: PlainStreams;
}

/** Plain streams of a tour's languages: for hearing aids, radios, players, and phones that nothing else reaches. */
export function listenRoutes({ codes, entryCodes, tokens, streams, plain }: ListenRouteParts): Route[] {
  const opened = new RateLimiterMemory(STREAMS);

  /** Who has joined shows their pass; whoever else knows the codes is a guest without a name. */
  const passOf = async ({ req, URL: url }: Context, tour: Tour): Promise<AttendeePass | undefined> => {
    const token = bearerOf(req) ?? url.searchParams.get('token');
    if (token !== null) {
      const pass = await tokens.verify('attendee', token);
      expectTheirTour(pass, tour.record.id);
      return pass;
    }
    const given = (url.searchParams.get('entry') ?? '').slice(0, MOST_TYPED);
    await entryCodes.expect(tour.record, normaliseCode(given), req.socket.remoteAddress ?? '');
    return undefined;
  };

  return [
    {
      method: 'GET',
      path: '/listen/:code/:file',
      who: 'anyone',
      handle: async (context) => {
        const [, tag = '', ending] = FILE.exec(parameter(context, 'file')) ?? [];
        const way = ending?.toLowerCase();
        if (way !== 'mp3' && way !== 'ogg')
          throw new UbizoError('not_found', 'Streams are named LANGUAGE.mp3 or LANGUAGE.ogg.');
        const address = context.req.socket.remoteAddress ?? '';
        await takeOne(opened, address, 'Too many players of this network begin at once.');
        const tour = await codes.find(parameter(context, 'code'), address);
        expectNotOver(tour);
        const pass = await passOf(context, tour);
        // It may have ended while the pass was looked at: then nobody would end the stream.
        expectNotOver(tour);
        const channel = tour.channel(namedLanguage(tag) ?? tag);
        const type = TYPES[way];
        if (context.method === 'HEAD') {
          context.status = 200;
          context.set({ 'Content-Type': type, 'Cache-Control': 'no-store' });
          return;
        }
        const { id, name } = pass ?? { id: nanoid(), name: undefined };
        streams.expectRoom(id);
        const attendee = tour.admit({ id, language: channel.language, name });
        // As with a message on the events socket: what is asked for last is what they hear.
        tour.attendance.choose(attendee.id, channel.language);
        const answer = new HttpStream(context, { 'Content-Type': type });
        const write = (bytes: Uint8Array): boolean => answer.write(bytes);
        const made = way === 'mp3' ? plain.beginMp3(write) : plain.beginOgg(write);
        const stream = streams.open({
          tour: tour.record.id,
          attendee: attendee.id,
          way,
          channel,
          listen: made.listen,
          onClose: () => {
            made.end();
            answer.end();
          },
        });
        answer.start(() => {
          streams.close(stream);
          if (!pass) tour.attendance.forgetGuest(attendee.id);
        });
      },
    },
  ];
}

/** @throws UbizoError `tour_over`. */
function expectNotOver({ record }: Tour): void {
  if (record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
}
