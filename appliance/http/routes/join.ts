import type { Context } from 'koa';
import { nanoid } from 'nanoid';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Account, Accounts } from '../../account/accounts.ts';
import { type AttendeePass, LIFETIME_S, type Tokens } from '../../account/tokens.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { type JoinAnswer, joinRequest } from '../../protocol/requests.ts';
import type { Access } from '../access.ts';
import type { Arrivals } from '../arrivals.ts';
import { takeOne } from '../address-limits.ts';
import { bearerOf } from '../bearer.ts';
import { cookieOf, setCookie } from '../cookies.ts';
import type { EntryCodes } from '../entry-codes.ts';
import { readJson } from '../bodies.ts';
import type { OfferIceServers } from '../ice-links.ts';
import { parameter, type Route } from '../route.ts';
import type { TourCodes } from '../tour-codes.ts';

/** A busload, each of whom joins five times. */
const JOINS = { points: 300, duration: 60 };

/** How a visitor gets in: a code, a language, perhaps a name. */
export function joinRoutes({
  codes,
  entryCodes,
  tokens,
  access,
  accounts,
  arrivals,
  offerIceServers,
}: {
  codes: TourCodes;
  entryCodes: EntryCodes;
  tokens: Tokens;
  access: Pick<Access, 'perhapsSignedIn'>;
  accounts: Pick<Accounts, 'change'>;
  arrivals: Pick<Arrivals, 'open'>;
  offerIceServers: OfferIceServers;
}): Route[] {
  const joins = new RateLimiterMemory(JOINS);

  /** With what the same browser was let into the tour before. */
  const formerPass = async ({ req }: Context, tour: string): Promise<AttendeePass | undefined> => {
    const shown = bearerOf(req) ?? '';
    const token = shown === '' ? cookieOf(req, 'pass') : shown;
    const pass = token && (await tokens.verify('attendee', token).catch(() => undefined));
    return pass && pass.tour === tour ? pass : undefined;
  };

  /** A visitor with an account finds their name and language the next time. The join does not wait for the disk. */
  const remember = ({ id, role, ...known }: Account, name: string | undefined, language: string): void => {
    if (role !== 'attendee' || (known.language === language && (name === undefined || known.name === name)))
      return;
    accounts.change(id, { language, name }).catch(() => undefined);
  };

  return [
    {
      method: 'GET',
      path: '/api/live',
      who: 'anyone',
      handle: (context) => {
        context.body = arrivals.open();
      },
    },
    {
      method: 'GET',
      path: '/api/tours/by-code/:code',
      who: 'anyone',
      handle: async (context) => {
        const tour = await codes.find(parameter(context, 'code'), context.req.socket.remoteAddress ?? '');
        context.body = tour.view();
      },
    },
    {
      method: 'POST',
      path: '/api/join',
      who: 'anyone',
      handle: async (context) => {
        const address = context.req.socket.remoteAddress ?? '';
        await takeOne(joins, address, 'Too many phones of this network join at once.');
        const { code, language, name, entryCode = '' } = await readJson(context.req, joinRequest);
        const tour = await codes.find(code, address);
        const { id, state } = tour.record;
        if (state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
        const former = await formerPass(context, id);
        if (former) tour.attendance.expectWelcome(former.id);
        // Whom the tour has let in need not knock again: a reload, a second tab, an entry code that came later.
        else await entryCodes.expect(tour.record, entryCode, address);
        const chosen = tour.channel(language).language;
        const account = (await access.perhapsSignedIn(context.req))?.account;
        const typed = name === '' ? undefined : name;
        const attendee = { id: nanoid(), language: chosen, name: typed ?? former?.name ?? account?.name };
        tour.admit(attendee);
        if (account) remember(account, typed, chosen);
        const token = await tokens.issue('attendee', { tour: id, ...attendee });
        setCookie(context, 'pass', { value: token, seconds: LIFETIME_S.attendee });
        const iceServers = offerIceServers();
        const answer: JoinAnswer = {
          token,
          whep: `/whep/${id}`,
          events: `/api/tours/${id}/events?token=${token}`,
          tour: tour.view(),
          ...(iceServers.length > 0 && { iceServers }),
        };
        context.status = 201;
        context.body = answer;
      },
    },
  ];
}
