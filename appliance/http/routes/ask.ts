import type { Context } from 'koa';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AttendeePass } from '../../account/tokens.ts';
import { mediaAddresses } from '../../network/addresses.ts';
import { parseOffer } from '../../peer/offer.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { Talks } from '../../talkback/talks.ts';
import type { TourTalk } from '../../talkback/tour-talk.ts';
import type { Tours } from '../../tour/tours.ts';
import { expectTheirTour } from '../access.ts';
import { takeOne } from '../address-limits.ts';
import { readSdp } from '../bodies.ts';
import { linkIceServers, type OfferIceServers } from '../ice-links.ts';
import { entityTag } from '../if-match.ts';
import { parameter, type Route } from '../route.ts';
import { applyFragment } from './whep.ts';

/** A phone that walks in and out of the Wi-Fi connects anew now and then; each offer costs the box a handshake. */
const OFFERS = { points: 20, duration: 60 };

/** A visitor's voice, over WHIP (RFC 9725): connected whenever they like, and heard when it is their turn. */
export function askRoutes({
  tours,
  talks,
  offerIceServers,
}: {
  tours: Tours;
  talks: Talks;
  offerIceServers: OfferIceServers;
}): Route[] {
  const offers = new RateLimiterMemory(OFFERS);

  /** @throws UbizoError `tour_not_found`. */
  const talkOf = (tour: string): TourTalk => {
    const talk = talks.of(tours.get(tour).record.id);
    if (!talk) throw new UbizoError('tour_not_found', 'This tour is no longer on this box.');
    return talk;
  };
  const voiceOf = (context: Context, who: AttendeePass) =>
    talkOf(who.tour).voices.get(parameter(context, 'voice'), who.id);

  return [
    {
      method: 'POST',
      path: '/whip/floor/ask',
      who: 'attendee',
      handle: async (context, who) => {
        const tour = context.URL.searchParams.get('tour') ?? who.tour;
        expectTheirTour(who, tour);
        const talk = talkOf(tour);
        talk.rules.expectMay(who.id);
        await takeOne(offers, who.id, 'This phone offers its microphone too often.');
        const offer = parseOffer(await readSdp(context.req, 'application/sdp'), { wants: 'send' });
        const { id, answer } = await talk.voices.connect({
          attendee: who.id,
          offer,
          addresses: mediaAddresses(context.req.socket.localAddress),
        });
        try {
          // They may have been removed while the offer was answered.
          talk.rules.expectMay(who.id);
        } catch (error) {
          talk.voices.close(who.id);
          throw error;
        }
        context.status = 201;
        context.set('Location', `/whip/floor/ask/${tour}/${id}`);
        context.set('Content-Type', 'application/sdp');
        context.set('ETag', entityTag(answer.session));
        linkIceServers(context, offerIceServers());
        context.body = answer.text;
      },
    },
    {
      method: 'PATCH',
      path: '/whip/floor/ask/:tour/:voice',
      who: 'attendee',
      handle: (context, who) => applyFragment(context, voiceOf(context, who)),
    },
    {
      method: 'DELETE',
      path: '/whip/floor/ask/:tour/:voice',
      who: 'attendee',
      handle: (context, who) => {
        voiceOf(context, who).close();
        context.status = 200;
      },
    },
  ];
}
