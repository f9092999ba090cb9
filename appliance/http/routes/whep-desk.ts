import { RateLimiterMemory } from 'rate-limiter-flexible';
import { mediaAddresses } from '../../network/addresses.ts';
import { parseOffer } from '../../peer/offer.ts';
import { UbizoError } from '../../protocol/errors.ts';
import type { DeskListeners } from '../../talkback/desk-listeners.ts';
import type { Tours } from '../../tour/tours.ts';
import { type Access, expectTheirs, type SignedIn } from '../access.ts';
import { takeOne } from '../address-limits.ts';
import { readSdp } from '../bodies.ts';
import { linkIceServers, type OfferIceServers } from '../ice-links.ts';
import { entityTag } from '../if-match.ts';
import { parameter, type Route } from '../route.ts';
import { applyFragment } from './whep.ts';

/** Each costs the box a handshake. */
const OFFERS = { points: 30, duration: 60 };

/** What visitors say to the guide, over WHEP (draft-ietf-wish-whep): for the guide's earphone and nobody else. */
export function whepDeskRoutes({
  tours,
  desks,
  access,
  offerIceServers,
}: {
  tours: Tours;
  desks: DeskListeners;
  access: Pick<Access, 'subscribe' | 'stillIn'>;
  offerIceServers: OfferIceServers;
}): Route[] {
  const offers = new RateLimiterMemory(OFFERS);
  /** By connection: whose it is, and of which tour. */
  const listening = new Map<string, { readonly tour: string; readonly who: SignedIn }>();
  access.subscribe(() => {
    for (const [id, { tour, who }] of listening) {
      if (access.stillIn(who)) continue;
      listening.delete(id);
      desks.close(tour, id);
    }
  });
  desks.subscribe((id) => listening.delete(id));

  return [
    {
      method: 'POST',
      path: '/whep/desk',
      who: 'guide',
      handle: async (context, who) => {
        const id = context.URL.searchParams.get('tour');
        if (id === null) throw new UbizoError('tour_not_found', 'Name the tour: /whep/desk?tour=ID.');
        const tour = tours.get(id);
        expectTheirs(who, tour.record);
        await takeOne(offers, id, 'Guides ask to hear their visitors too often.');
        const offer = parseOffer(await readSdp(context.req, 'application/sdp'), { wants: 'receive' });
        const addresses = mediaAddresses(context.req.socket.localAddress);
        const { id: listener, answer } = await desks.open({ tour: id, offer, addresses });
        // They may have signed out while it was answered.
        if (!access.stillIn(who)) {
          desks.close(id, listener);
          throw new UbizoError('not_signed_in', 'You are not signed in. Sign in, then try again.');
        }
        listening.set(listener, { tour: id, who });
        context.status = 201;
        context.set('Location', `/whep/desk/${id}/${listener}`);
        context.set('Content-Type', 'application/sdp');
        context.set('ETag', entityTag(answer.session));
        linkIceServers(context, offerIceServers());
        context.body = answer.text;
      },
    },
    {
      method: 'PATCH',
      path: '/whep/desk/:tour/:listener',
      who: 'guide',
      handle: async (context) => {
        await applyFragment(context, desks.get(parameter(context, 'tour'), parameter(context, 'listener')));
      },
    },
    {
      method: 'DELETE',
      path: '/whep/desk/:tour/:listener',
      who: 'guide',
      handle: (context) => {
        desks.get(parameter(context, 'tour'), parameter(context, 'listener')).close();
        context.status = 200;
      },
    },
  ];
}
