import type { Channel } from '../channel/channel.ts';
import type { IceAnswer, IceFragment, IfMatch } from '../peer/ice-fragment.ts';
import type { Offer } from '../peer/offer.ts';
import type { PeerState } from '../peer/peer-options.ts';
import { UbizoError } from '../protocol/errors.ts';

/** The connection to a guide's earphone, wherever it lives. */
export interface DeskPeer {
  readonly id: string;
  apply(fragment: IceFragment, ifMatch: IfMatch): Promise<IceAnswer | undefined>;
  tune(channel: Channel): void;
  close(): void;
}

export type OpenDeskPeer = (connection: {
  offer: Offer;
  addresses: readonly string[];
  events: { onState: (state: PeerState) => void };
}) => Promise<{ peer: DeskPeer; answer: IceAnswer }>;

/** A phone, a tablet, and whatever else a guide has at hand; the oldest gives way. */
const MOST = 4;

interface Desk {
  channel: Channel;
  readonly peers: Map<string, DeskPeer>;
}

/** Guides who hear their desk channels. They sit beside the visitors and count as none. */
export class DeskListeners {
  private readonly openPeer: OpenDeskPeer;
  /** By tour. */
  private readonly desks = new Map<string, Desk>();
  private readonly observers = new Set<(id: string) => void>();

  constructor({ openPeer }: { openPeer: OpenDeskPeer }) {
    this.openPeer = openPeer;
  }

  get size(): number {
    let count = 0;
    for (const { peers } of this.desks.values()) count += peers.size;
    return count;
  }

  /** Told of each that is over. @returns what to call to hear no more of it. */
  subscribe(observer: (id: string) => void): () => void {
    this.observers.add(observer);
    return () => void this.observers.delete(observer);
  }

  /** From now on this is what a tour's desk hears, whoever listens there already or comes. */
  tune(tour: string, channel: Channel): void {
    const desk = this.desks.get(tour);
    if (!desk) {
      this.desks.set(tour, { channel, peers: new Map() });
      return;
    }
    desk.channel = channel;
    for (const peer of desk.peers.values()) peer.tune(channel);
  }

  /** @throws UbizoError `tour_over`, `bad_sdp`, `media_port_unavailable`. */
  async open({
    tour,
    ...connection
  }: {
    tour: string;
    offer: Offer;
    addresses: readonly string[];
  }): Promise<{ id: string; answer: IceAnswer }> {
    this.deskOf(tour);
    let id = '';
    const { peer, answer } = await this.openPeer({
      ...connection,
      events: {
        onState: (state) => {
          if (state !== 'closed') return;
          this.desks.get(tour)?.peers.delete(id);
          for (const observer of this.observers) observer(id);
        },
      },
    });
    ({ id } = peer);
    const desk = this.desks.get(tour);
    if (!desk) {
      peer.close();
      throw over();
    }
    desk.peers.set(id, peer);
    peer.tune(desk.channel);
    const [oldest] = desk.peers.values();
    if (desk.peers.size > MOST) oldest?.close();
    return { id, answer };
  }

  /** @throws UbizoError `listener_not_found`. */
  get(tour: string, id: string): Pick<DeskPeer, 'apply' | 'close'> {
    const peer = this.desks.get(tour)?.peers.get(id);
    if (peer) return peer;
    throw new UbizoError('listener_not_found', 'This connection is over; offer a new one.');
  }

  /** Hangs up, if they are still there. */
  close(tour: string, id: string): void {
    this.desks.get(tour)?.peers.get(id)?.close();
  }

  closeTour(tour: string): void {
    const desk = this.desks.get(tour);
    this.desks.delete(tour);
    if (desk) for (const peer of desk.peers.values()) peer.close();
  }

  private deskOf(tour: string): Desk {
    const desk = this.desks.get(tour);
    if (desk) return desk;
    throw over();
  }
}

function over(): UbizoError {
  return new UbizoError('tour_over', 'This tour has ended.');
}
