import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { PublishingTokens } from '../../account/publishing-tokens.ts';
import { PhoneMicrophone } from '../../microphone/phone.ts';
import { mediaAddresses } from '../../network/addresses.ts';
import { parseOffer } from '../../peer/offer.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { Tour } from '../../tour/tour.ts';
import type { Tours } from '../../tour/tours.ts';
import { type Access, expectToSpeak, isTheirs, type Speaker } from '../access.ts';
import { takeOne } from '../address-limits.ts';
import { readSdp } from '../bodies.ts';
import { linkIceServers, type OfferIceServers } from '../ice-links.ts';
import { entityTag } from '../if-match.ts';
import { parameter, type Route } from '../route.ts';
import { publishingTokenRoutes } from './publishing-token.ts';
import { applyFragment } from './whep.ts';

/** Each costs the box a handshake, and takes the microphone from who had it. */
const OFFERS = { points: 30, duration: 60 };

/** The guide's phone as the microphone, over WHIP (RFC 9725): any encoder that speaks it can be one. */
export function whipRoutes({
  tours,
  access,
  publishingTokens,
  offerIceServers,
}: {
  tours: Tours;
  publishingTokens: PublishingTokens;
  offerIceServers: OfferIceServers;
  access: Pick<Access, 'subscribe' | 'stillMay'>;
}): Route[] {
  const offers = new RateLimiterMemory(OFFERS);
  /** By tour: whose phone is its microphone. */
  const speaking = new Map<string, { readonly phone: string; readonly who: Speaker }>();
  access.subscribe(() => {
    for (const [id, { phone, who }] of speaking) {
      if (access.stillMay(who)) continue;
      speaking.delete(id);
      const microphone = tours.find(id)?.phone;
      if (microphone instanceof PhoneMicrophone) microphone.disconnect(phone);
    }
  });

  return [
    ...publishingTokenRoutes({ publishingTokens }),
    {
      method: 'POST',
      path: '/whip/floor',
      who: 'guide or publisher',
      handle: async (context, who) => {
        const tour = chosenTour(tours, who, context.URL.searchParams.get('tour'));
        expectToSpeak(who, tour.record);
        if (tour.record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
        await takeOne(offers, tour.record.id, 'Phones ask to be the microphone too often.');
        const offer = parseOffer(await readSdp(context.req, 'application/sdp'), { wants: 'send' });
        // Whoever brings a phone means it to be the microphone.
        if (tour.record.microphone !== 'phone') await tour.patch({ microphone: 'phone' });
        tour.wake();
        const { id, answer } = await phoneOf(tour).connect({
          offer,
          addresses: mediaAddresses(context.req.socket.localAddress),
        });
        speaking.set(tour.record.id, { phone: id, who });
        context.status = 201;
        context.set('Location', `/whip/floor/${tour.record.id}/${id}`);
        context.set('Content-Type', 'application/sdp');
        context.set('ETag', entityTag(answer.session));
        linkIceServers(context, offerIceServers());
        context.body = answer.text;
      },
    },
    {
      method: 'PATCH',
      path: '/whip/floor/:tour/:phone',
      who: 'guide or publisher',
      handle: async (context) => {
        const phone = phoneOf(tours.get(parameter(context, 'tour')));
        await applyFragment(context, phone.peer(parameter(context, 'phone')));
      },
    },
    {
      method: 'DELETE',
      path: '/whip/floor/:tour/:phone',
      who: 'guide or publisher',
      handle: async (context) => {
        phoneOf(tours.get(parameter(context, 'tour'))).disconnect(parameter(context, 'phone'));
        context.status = 200;
      },
    },
  ];
}

/** An encoder that cannot name the tour means that of its token, or the one that is not over, when there is just one. */
function chosenTour(tours: Tours, who: Speaker, id: string | null): Tour {
  if (id !== null) return tours.get(id);
  if ('tour' in who) return tours.get(who.tour);
  const open = tours.all().filter(({ record }) => record.state !== 'ended' && isTheirs(who, record));
  const [only] = open;
  if (only && open.length === 1) return only;
  throw new UbizoError('tour_not_found', 'Name the tour: /whip/floor?tour=ID.');
}

function phoneOf(tour: Tour): PhoneMicrophone {
  const { phone } = tour;
  if (phone instanceof PhoneMicrophone) return phone;
  throw new UbizoError('tour_state', 'This tour does not use a phone as its microphone just now.');
}
