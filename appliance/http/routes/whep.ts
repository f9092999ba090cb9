import type { Context } from 'koa';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AttendeePass } from '../../account/tokens.ts';
import type { Listener } from '../../listener/listener.ts';
import type { Listeners } from '../../listener/listeners.ts';
import { mediaAddresses } from '../../network/addresses.ts';
import { type IceAnswer, type IceFragment, type IfMatch, parseIceFragment } from '../../peer/ice-fragment.ts';
import { parseOffer } from '../../peer/offer.ts';
import { UbizoError } from '../../protocol/errors.ts';
import { namedLanguage } from '../../protocol/languages.ts';
import type { Tours } from '../../tour/tours.ts';
import { takeOne } from '../address-limits.ts';
import { readSdp } from '../bodies.ts';
import { linkIceServers, type OfferIceServers } from '../ice-links.ts';
import { entityTag, ifMatchOf } from '../if-match.ts';
import { parameter, type Route } from '../route.ts';

/** A phone that walks in and out of the Wi-Fi connects anew every few seconds; each offer costs the box a handshake. */
const OFFERS = { points: 30, duration: 60 };

/** Listening over WHEP (draft-ietf-wish-whep): any player that speaks it can be a listener. */
export function whepRoutes({
  tours,
  listeners,
  offerIceServers,
}: {
  tours: Tours;
  listeners: Listeners;
  offerIceServers: OfferIceServers;
}): Route[] {
  const offers = new RateLimiterMemory(OFFERS);
  const listenerOf = (context: Context, who: AttendeePass): Listener =>
    listeners.get(parameter(context, 'listener'), who.id);

  return [
    {
      method: 'POST',
      path: '/whep/:tour',
      who: 'attendee',
      handle: async (context, who) => {
        const tour = tours.get(parameter(context, 'tour'));
        if (tour.record.state === 'ended') throw new UbizoError('tour_over', 'This tour has ended.');
        await takeOne(offers, who.id, 'This phone asks for a connection too often.');
        const offer = parseOffer(await readSdp(context.req, 'application/sdp'), { wants: 'receive' });
        // What they have switched to since they joined, on a box that was switched off and on.
        const language = namedLanguage(context.URL.searchParams.get('language')) ?? who.language;
        const attendee = tour.admit({ id: who.id, language, name: who.name });
        const waiting = context.URL.searchParams.get('listening') === 'no';
        const { listener, answer } = await listeners.open({
          tour: tour.record.id,
          attendee: attendee.id,
          offer,
          addresses: mediaAddresses(context.req.socket.localAddress),
          channel: tour.channel(attendee.language),
          waiting,
        });
        try {
          tour.attendance.expectWelcome(attendee.id);
        } catch (error) {
          listener.close();
          throw error;
        }
        // The visitor may have changed the language, or the guide the languages, while the offer was answered.
        listener.tune(tour.channel(attendee.language));
        // They may have tapped meanwhile.
        if (tour.attendance.isReading(attendee.id))
          listeners.begin(listener, tour.channel(attendee.language));
        context.status = 201;
        context.set('Location', `/whep/${tour.record.id}/${listener.id}`);
        context.set('Content-Type', 'application/sdp');
        context.set('ETag', entityTag(answer.session));
        linkIceServers(context, offerIceServers());
        context.body = answer.text;
      },
    },
    {
      method: 'PATCH',
      path: '/whep/:tour/:listener',
      who: 'attendee',
      handle: async (context, who) => {
        const listener = listenerOf(context, who);
        await applyFragment(context, listener);
      },
    },
    {
      method: 'DELETE',
      path: '/whep/:tour/:listener',
      who: 'attendee',
      handle: async (context, who) => {
        listeners.close(listenerOf(context, who));
        context.status = 200;
      },
    },
  ];
}

/** A PATCH of WHEP or WHIP: 204 for trickled candidates, 200 with a fragment and a new ETag for an ICE restart (RFC 9725, 4.3). */
export async function applyFragment(
  context: Context,
  peer: { apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined> },
): Promise<void> {
  const text = await readSdp(context.req, 'application/trickle-ice-sdpfrag');
  // RFC 9110, 13.2.1: before what the body says counts.
  const ifMatch = ifMatchOf(context.req);
  const answer = await peer.apply(parseIceFragment(text), ifMatch);
  context.status = answer === undefined ? 204 : 200;
  if (answer === undefined) return;
  context.set('Content-Type', 'application/trickle-ice-sdpfrag');
  context.set('ETag', entityTag(answer.session));
  context.body = answer.text;
}
